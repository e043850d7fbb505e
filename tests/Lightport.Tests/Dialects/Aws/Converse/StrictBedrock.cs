using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>
/// Bedrock at its strictest, beyond the shapes of its API
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html): what it complains of would be a
/// 400.
/// </summary>
internal static partial class StrictBedrock
{
    public static IReadOnlyList<string> Complaints(JsonObject body) =>
        [.. Shape(body), .. Turns(body), .. Tools(body), .. Documents(body)];

    private static IEnumerable<string> Shape(JsonObject body) =>
        SharedFolder.Missing(AwsShape.Specification) is null ? AwsShape.Complaints("ConverseRequest", body) : [];

    private static IEnumerable<string> Turns(JsonObject body)
    {
        string before = "assistant";
        var waiting = new HashSet<string>();
        foreach (JsonNode? message in body["messages"]!.AsArray())
        {
            string role = (string)message!["role"]!;
            if (role == before)
            {
                yield return $"messages: {role} follows {before}.";
            }

            before = role;
            JsonObject[] blocks = [.. message["content"]!.AsArray().Select(block => block!.AsObject())];
            if (blocks.Length == 0 || blocks.Any(block => block["text"] is { } text && string.IsNullOrWhiteSpace((string)text!)))
            {
                yield return "messages: the text field is blank, or the turn is empty.";
            }

            string[] answered = [.. Ids(blocks, "toolResult")];
            if (!waiting.SetEquals(answered) || answered.Distinct().Count() < answered.Length)
            {
                yield return $"messages: expected results of [{string.Join(',', waiting)}], got [{string.Join(',', answered)}].";
            }

            waiting = [.. Ids(blocks, "toolUse")];
        }
    }

    private static IEnumerable<string> Ids(JsonObject[] blocks, string kind) =>
        blocks.Where(block => block.ContainsKey(kind)).Select(block => (string)block[kind]!["toolUseId"]!);

    private static IEnumerable<string> Tools(JsonObject body)
    {
        bool used = body["messages"]!.ToJsonString().Contains("\"toolUse\":", StringComparison.Ordinal);
        string[] names =
        [
            .. (body["toolConfig"]?["tools"] as JsonArray ?? [])
                .Where(tool => tool!["toolSpec"] is not null).Select(tool => (string)tool!["toolSpec"]!["name"]!),
        ];
        if (used && names.Length == 0)
        {
            yield return "The toolConfig field must be defined when using toolUse and toolResult content blocks.";
        }

        if (names.Distinct().Count() < names.Length)
        {
            yield return "toolConfig: two tools of one name.";
        }

        if ((string?)body["toolConfig"]?["toolChoice"]?["tool"]?["name"] is { } named && !names.Contains(named))
        {
            yield return $"toolConfig: there is no tool {named}.";
        }
    }

    private static IEnumerable<string> Documents(JsonObject body)
    {
        var names = new HashSet<string>();
        foreach (JsonNode? message in body["messages"]!.AsArray())
        {
            JsonArray blocks = message!["content"]!.AsArray();
            string[] told = [.. blocks.Select(block => (string?)block!["document"]?["name"]).OfType<string>()];
            if (told.Length > 0 && blocks.All(block => block!["text"] is null))
            {
                yield return "messages: a document needs text beside it.";
            }

            foreach (string name in told)
            {
                if (!names.Add(name) || !DocumentName().IsMatch(name))
                {
                    yield return $"messages: the document's name '{name}' is taken, or none.";
                }
            }
        }
    }

    [GeneratedRegex(@"\A(?!.*\s\s)[a-zA-Z0-9\s()\[\]-]{1,200}\z")]
    private static partial Regex DocumentName();
}
