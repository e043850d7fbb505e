using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams.Messages;

/// <summary>What Anthropic's API answers 400 to.</summary>
internal static partial class MessagesRules
{
    /// <summary>
    /// Signatures are good on every platform that has Claude
    /// (https://platform.claude.com/docs/en/build-with-claude/extended-thinking).
    /// </summary>
    public const string Maker = "anthropic";

    private static readonly HashSet<string> Fields =
    [
        "model", "messages", "max_tokens", "system", "tools", "tool_choice", "stream", "stop_sequences", "thinking",
        "output_config", "temperature", "top_p", "top_k", "metadata", "service_tier", "anthropic_version",
    ];

    private static readonly string[] Blocks =
        ["text", "image", "document", "thinking", "redacted_thinking", "tool_use", "tool_result"];

    /// <param name="body">The request.</param>
    /// <param name="issued">The signatures that were given out.</param>
    public static IEnumerable<string> Complaints(JsonObject body, IReadOnlyCollection<string> issued)
    {
        foreach (string field in body.Select(field => field.Key).Where(field => !Fields.Contains(field)))
        {
            yield return $"{field}: Extra inputs are not permitted";
        }

        if (body.Count("max_tokens") is not > 0)
        {
            yield return "max_tokens: Field required";
        }

        foreach (JsonObject tool in body.Items("tools"))
        {
            if (!NamePattern().IsMatch(tool.Text("name") ?? "") || tool.Object("input_schema").Text("type") != "object")
            {
                yield return $"tools: {tool.Text("name")} needs a name of the pattern, and an object's schema";
            }
        }

        foreach (string complaint in Turns(body).Concat(Thinking(body, issued)))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<string> Turns(JsonObject body)
    {
        string[] open = [];
        string? before = null;
        foreach ((int place, JsonObject message) in body.Items("messages").Index())
        {
            string role = message.Text("role") ?? "";
            JsonObject[] blocks = [.. message.Items("content")];
            if (role == before || role != (place % 2 == 0 ? "user" : "assistant"))
            {
                yield return $"messages.{place}: roles must alternate, beginning with user; here stands {role}";
            }

            if (blocks.Length == 0 && string.IsNullOrWhiteSpace(message.Text("content")))
            {
                yield return $"messages.{place}: must have non-empty content";
            }

            string[] results = [.. blocks.Select(block => block.Text("tool_use_id")).OfType<string>()];
            if (!results.Order(StringComparer.Ordinal).SequenceEqual(open.Order(StringComparer.Ordinal)))
            {
                yield return $"messages.{place}: `tool_use` ids {string.Join(", ", open)} and `tool_result` ids "
                    + $"{string.Join(", ", results)} are not the same";
            }

            foreach (string complaint in blocks.SelectMany(block => Block(block, place)))
            {
                yield return complaint;
            }

            open = [.. blocks.Where(block => block.Text("type") == "tool_use").Select(block => block.Text("id") ?? "")];
            before = role;
        }
    }

    private static IEnumerable<string> Block(JsonObject block, int place)
    {
        string type = block.Text("type") ?? "";
        if (!Blocks.Contains(type))
        {
            yield return $"messages.{place}.content: Input tag '{type}' found using 'type' does not match";
        }

        if (type == "text" && string.IsNullOrWhiteSpace(block.Text("text")))
        {
            yield return $"messages.{place}: text content blocks must contain non-whitespace text";
        }

        if (type == "tool_use" && (!IdPattern().IsMatch(block.Text("id") ?? "")
            || !NamePattern().IsMatch(block.Text("name") ?? "") || block["input"] is not JsonObject))
        {
            yield return $"messages.{place}: tool_use.id {block.Text("id")}, its name or its input does not match";
        }
    }

    private static IEnumerable<string> Thinking(JsonObject body, IReadOnlyCollection<string> issued)
    {
        JsonObject[] messages = [.. body.Items("messages")];
        foreach (JsonObject block in messages.SelectMany(message => message.Items("content"))
            .Where(block => block.Text("type") == "thinking"))
        {
            if (!issued.Contains(block.Text("signature") ?? ""))
            {
                yield return "Invalid `signature` in `thinking` block";
            }
        }

        if (body.Object("thinking").Text("type") != "enabled")
        {
            yield break;
        }

        long? budget = body.Object("thinking").Count("budget_tokens");
        if (budget is not >= 1024 || budget >= body.Count("max_tokens"))
        {
            yield return "thinking.budget_tokens: at least 1024, and below max_tokens";
        }

        JsonObject? last = messages.LastOrDefault(message => message.Text("role") == "assistant");
        bool isLoop = last.Items("content").Any(block => block.Text("type") == "tool_use")
            && messages[^1].Items("content").Any(block => block.Text("type") == "tool_result");
        if (isLoop && last.Items("content").First().Text("type") is not ("thinking" or "redacted_thinking"))
        {
            yield return "a final `assistant` message must start with a thinking block when thinking is enabled";
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,128}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex IdPattern();
}
