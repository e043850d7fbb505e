using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Converse;

/// <summary>What Bedrock answers with a ValidationException.</summary>
internal static partial class ConverseRules
{
    private static readonly HashSet<string> Fields =
    [
        "messages", "system", "inferenceConfig", "toolConfig", "additionalModelRequestFields", "outputConfig",
        "serviceTier", "requestMetadata", "performanceConfig", "additionalModelResponseFieldPaths",
    ];

    private static readonly HashSet<string> Blocks =
        ["text", "image", "document", "toolUse", "toolResult", "reasoningContent", "cachePoint"];

    public static IEnumerable<string> Complaints(JsonObject body, IReadOnlyCollection<string> issued)
    {
        foreach (string field in body.Select(field => field.Key).Where(field => !Fields.Contains(field)))
        {
            yield return $"Unknown field {field}.";
        }

        JsonObject[] blocks = [.. body.Items("messages").SelectMany(message => message.Items("content"))];
        if (body["toolConfig"] is null && blocks.Any(block => block["toolUse"] is not null))
        {
            yield return "The toolConfig field must be defined when using toolUse and toolResult content blocks.";
        }

        foreach (string complaint in Turns(body).Concat(blocks.SelectMany(Block)).Concat(Thinking(body, issued)))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<string> Turns(JsonObject body)
    {
        string?[] open = [];
        foreach ((int place, JsonObject message) in body.Items("messages").Index())
        {
            string? role = message.Text("role");
            JsonObject[] blocks = [.. message.Items("content")];
            if (role != (place % 2 == 0 ? "user" : "assistant") || blocks.Length == 0)
            {
                yield return $"messages[{place}]: a conversation must alternate between user and assistant roles.";
            }

            string?[] results =
                [.. blocks.Select(block => block.Object("toolResult").Text("toolUseId")).OfType<string>()];
            if (!results.Order(StringComparer.Ordinal).SequenceEqual(open.Order(StringComparer.Ordinal)))
            {
                yield return $"messages[{place}]: toolResult blocks do not answer the toolUse blocks before.";
            }

            open = [.. blocks.Select(block => block.Object("toolUse").Text("toolUseId")).OfType<string>()];
        }
    }

    private static IEnumerable<string> Block(JsonObject block)
    {
        if (block.Count != 1 || !Blocks.Contains(block.Single().Key))
        {
            yield return $"A content block is one of a union: {string.Join(',', block.Select(field => field.Key))}.";
        }

        if (block.ContainsKey("text") && string.IsNullOrWhiteSpace(block.Text("text")))
        {
            yield return "The text field in the ContentBlock object is blank.";
        }

        if (block.Object("toolUse") is { } use && (!IdPattern().IsMatch(use.Text("toolUseId") ?? "")
            || !IdPattern().IsMatch(use.Text("name") ?? "") || use["input"] is not JsonObject))
        {
            yield return $"toolUse {use.Text("toolUseId")} of {use.Text("name")} does not match the pattern.";
        }

        if (block.Object("document") is { } document && !DocumentPattern().IsMatch(document.Text("name") ?? ""))
        {
            yield return $"The document's name {document.Text("name")} does not match the pattern.";
        }
    }

    private static IEnumerable<string> Thinking(JsonObject body, IReadOnlyCollection<string> issued)
    {
        JsonObject[] messages = [.. body.Items("messages")];
        foreach (JsonObject thought in messages.SelectMany(message => message.Items("content"))
            .Select(block => block.Object("reasoningContent").Object("reasoningText")).OfType<JsonObject>())
        {
            if (!issued.Contains(thought.Text("signature") ?? ""))
            {
                yield return "The model returned the following errors: Invalid `signature` in `thinking` block";
            }
        }

        JsonObject? last = messages.LastOrDefault(message => message.Text("role") == "assistant");
        bool isLoop = last.Items("content").Any(block => block["toolUse"] is not null)
            && messages[^1].Items("content").Any(block => block["toolResult"] is not null);
        string? thinking = body.Object("additionalModelRequestFields").Object("thinking").Text("type");
        if (thinking == "enabled" && isLoop && last.Items("content").First()["reasoningContent"] is null)
        {
            yield return "a final `assistant` message must start with a thinking block when thinking is enabled";
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[a-zA-Z0-9\-()\[\]]+( [a-zA-Z0-9\-()\[\]]+)*$")]
    private static partial Regex DocumentPattern();
}
