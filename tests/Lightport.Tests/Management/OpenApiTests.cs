using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

/// <summary>The description is held to the doors, and their answers to the description.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonObject Document = JsonNode.Parse(OpenApiDocument.Text.Span)!.AsObject();

    public static TheoryData<string> Names => [.. ManagementEndpoints.All.Select(endpoint => endpoint.Name)];

    [Fact]
    public void Paths_AreThoseOfTheDoors() => Assert.Equal(
        ManagementEndpoints.All.Select(door => $"{door.Name} {door.Method} {door.Path}").Order(StringComparer.Ordinal),
        (from path in Document["paths"]!.AsObject()
         from operation in path.Value!.AsObject()
         select $"{operation.Value!["operationId"]} {operation.Key.ToUpperInvariant()} {path.Key}")
        .Order(StringComparer.Ordinal));

    [Fact]
    public void Version_IsTheProducts() => Assert.Equal(
        typeof(Gateway).Assembly.GetName().Version!.ToString(3), (string)Document["info"]!["version"]!);

    [Fact]
    public void References_LeadSomewhere()
    {
        string[] references = [.. All(Document).Select(node => (string?)node["$ref"]).OfType<string>()];

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Find(reference)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Query_IsWhatTheDoorTakes(string name)
    {
        using var gateway = new ManagedGateway();
        GatewayEndpoint door = ManagementEndpoints.All.Single(endpoint => endpoint.Name == name);
        JsonNode operation = Operation(door);
        string[] described =
        [
            .. (operation["parameters"]?.AsArray() ?? []).Where(one => (string)one!["in"]! == "query")
                .Select(one => (string)one!["name"]!),
        ];
        ClientCall call = await gateway.SendAsync(door, "{}", "?surely-not=1", id: "0123456789abcdef");

        Assert.Equal((400, "unknown_parameter"), (call.Status, call.Error("code")));
        Assert.Equal(
            described.Length == 0
                ? "This path takes no query parameters."
                : $"This path takes the query parameters {string.Join(", ", described)} and no other.",
            call.Error("message"));
    }

    [Fact]
    public async Task Answers_OfEveryDoor_AreAsDescribed()
    {
        using var gateway = new ManagedGateway();
        var seen = new HashSet<string>();
        string id = "";
        string request = "";
        foreach ((GatewayEndpoint door, string body, string query) in Calls())
        {
            gateway.Clock.Advance(TimeSpan.FromMilliseconds(1));
            ClientCall call = await gateway.SendAsync(
                door, body, query, door == ManagementEndpoints.RequestReceipt ? request : id);
            if (door == ManagementEndpoints.KeyCreate && call.Status == 201)
            {
                id = (string)call.Json["id"]!;
                request = (await gateway.ChatAsync((string)call.Json["key"]!)).Header("x-request-id")!;
            }

            Check(door, call);
            seen.Add(door.Name);
        }

        Assert.Equal(ManagementEndpoints.All.Count, seen.Count);
    }

    private static IEnumerable<(GatewayEndpoint, string Body, string Query)> Calls()
    {
        const string Chat = """{"model":"echo","messages":[{"role":"user","content":"x"}]}""";
        yield return (ManagementEndpoints.Config, "", "");
        yield return (ManagementEndpoints.ConfigApply, "models: { a: nowhere/x }", "");
        yield return (ManagementEndpoints.ConfigApply, "models: { a: echo/x }", "?dry-run=true");
        yield return (ManagementEndpoints.ConfigApply, "models: { a: echo/x }", "");
        yield return (ManagementEndpoints.ConfigApply, "direct: on\nmodels: { b: echo/x }", "?note=n");
        yield return (ManagementEndpoints.Config, "", "");
        yield return (ManagementEndpoints.Versions, "", "");
        yield return (ManagementEndpoints.Rollback, "{}", "");
        yield return (ManagementEndpoints.KeyCreate, """{"name":"a","models":["*"],"tags":{"t":"1"}}""", "");
        yield return (ManagementEndpoints.KeyCreate, "{}", "");
        yield return (ManagementEndpoints.Keys, "", "?limit=1");
        yield return (ManagementEndpoints.Key, "", "");
        yield return (ManagementEndpoints.KeyChange, """{"expires_at":"2030-01-01"}""", "");
        yield return (ManagementEndpoints.KeyRotate, "{}", "");
        yield return (ManagementEndpoints.Usage, "", "?by=key,model,day,hour");
        yield return (ManagementEndpoints.RequestReceipt, "", "");
        yield return (ManagementEndpoints.Prices, "", "?model=echo");
        yield return (ManagementEndpoints.McpServers, "", "");
        yield return (ManagementEndpoints.McpApprove, """{"tools":{"find":"a mark"}}""", "");
        yield return (ManagementEndpoints.Explain, Chat, "");
        yield return (ManagementEndpoints.Health, "", "");
        yield return (ManagementEndpoints.OpenApi, "", "");
        yield return (ManagementEndpoints.Metrics, "", "");
        yield return (ManagementEndpoints.KeyRemove, "", "");
        yield return (ManagementEndpoints.KeyRemove, "", "");
    }

    private static void Check(GatewayEndpoint door, ClientCall call)
    {
        JsonNode? response = Operation(door)["responses"]![$"{call.Status}"];
        Assert.True(response is not null, $"{door.Name} answers {call.Status}, which is not described: {call.Text}");
        JsonNode? schema = Resolve(response)["content"]?["application/json"]?["schema"];
        if (schema is not null)
        {
            Conform(call.Json, schema, $"{door.Name} {call.Status}");
        }
        else
        {
            Assert.DoesNotContain("application/json", call.Header("Content-Type") ?? "", StringComparison.Ordinal);
        }
    }

    /// <summary>As much of JSON Schema as the document uses.</summary>
    private static void Conform(JsonNode? value, JsonNode schema, string at)
    {
        schema = Resolve(schema);
        if (schema["oneOf"] is JsonArray choices)
        {
            Conform(value, choices.Single(choice => ((string)choice!["type"]! == "null") == (value is null))!, at);
            return;
        }

        if (schema["enum"] is JsonArray words)
        {
            Assert.True(words.Any(word => JsonNode.DeepEquals(word, value)), $"{at}: {value} is none of {words}");
            return;
        }

        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(type => (string)type!)],
            { } one => [(string)one!],
            null => throw new InvalidOperationException($"{at}: the schema has no type."),
        };
        string actual = value?.GetValueKind() switch
        {
            null => "null",
            System.Text.Json.JsonValueKind.Number => "integer",
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            var kind => $"{kind}".ToLowerInvariant(),
        };
        Assert.True(types.Contains(actual) || (actual == "integer" && types.Contains("number")), $"{at}: {actual} where {string.Join(" or ", types)} is described");
        foreach (JsonNode? item in value as JsonArray ?? [])
        {
            Conform(item, schema["items"]!, at + "[]");
        }

        if (value is JsonObject fields && schema["properties"] is JsonObject properties)
        {
            foreach (JsonNode? name in schema["required"]!.AsArray())
            {
                Assert.True(fields.ContainsKey((string)name!), $"{at}: {name} is missing");
            }

            foreach ((string name, JsonNode? field) in fields)
            {
                Assert.True(
                    properties.ContainsKey(name) || schema["additionalProperties"] is not JsonValue closed || (bool)closed,
                    $"{at}: {name} is not described");
                if (properties[name] is { } described)
                {
                    Conform(field, described, $"{at}.{name}");
                }
            }
        }
    }

    private static JsonNode Operation(GatewayEndpoint door) =>
        Document["paths"]![door.Path]![door.Method.ToLowerInvariant()]!;

    private static JsonNode Resolve(JsonNode node) => (string?)(node as JsonObject)?["$ref"] is { } reference
        ? Find(reference)!
        : node;

    private static JsonNode? Find(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)Document, (node, part) => node?[part]);

    private static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject fields => fields.Where(field => field.Value is not null)
            .SelectMany(field => All(field.Value)).Prepend(fields),
        JsonArray items => items.SelectMany(All),
        _ => [],
    };
}
