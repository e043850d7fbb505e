using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lightport.Providers.Echo;

/// <summary>What echo says to a request: the user's last words, or a call of the tool it was offered.</summary>
internal sealed partial record EchoReply(string Text, string? Tool, string Arguments, int PromptWords)
{
    public string FinishReason => Tool is null ? "stop" : "tool_calls";

    public int AnswerWords => Tool is null ? Count(Text) : Count(Arguments);

    /// <summary>The text in pieces as a model would stream it, white space kept.</summary>
    public IEnumerable<string> Words => Tool is null ? Word().Matches(Text).Select(match => match.Value) : [];

    public static EchoReply To(JsonElement body)
    {
        JsonElement[] messages = [.. body.GetProperty("messages").EnumerateArray()];
        int words = messages.Sum(message => Count(TextOf(message)));
        JsonElement last = messages[^1];
        bool answersTool = last.GetProperty("role").GetString() == "tool";
        if (!answersTool && ChooseTool(body) is { } tool)
        {
            return new EchoReply("", tool.GetProperty("name").GetString()!, EchoArguments.For(tool), words);
        }

        string said = TextOf(answersTool ? last : messages.LastOrDefault(IsUser, last));
        return new EchoReply(said.Length > 0 ? said : "(nothing to echo)", null, "", words);
    }

    private static bool IsUser(JsonElement message) => message.GetProperty("role").GetString() == "user";

    /// <summary>The tool that <c>tool_choice</c> names, else the first; none where the client forbids calls.</summary>
    private static JsonElement? ChooseTool(JsonElement body)
    {
        if (!body.TryGetProperty("tools", out JsonElement tools) || tools.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        JsonElement choice = body.TryGetProperty("tool_choice", out JsonElement value) ? value : default;
        if (choice.ValueKind == JsonValueKind.String && choice.ValueEquals("none"))
        {
            return null;
        }

        string? named =
            choice.ValueKind == JsonValueKind.Object && choice.TryGetProperty("function", out JsonElement function)
            ? function.GetProperty("name").GetString()
            : null;
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            if (tool.TryGetProperty("function", out JsonElement definition)
                && (named is null || definition.GetProperty("name").ValueEquals(named)))
            {
                return definition;
            }
        }

        return null;
    }

    private static string TextOf(JsonElement message)
    {
        if (!message.TryGetProperty("content", out JsonElement content))
        {
            return "";
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(PartText)),
            _ => "",
        };
    }

    private static string PartText(JsonElement part) =>
        part.TryGetProperty("text", out JsonElement text)
            ? text.GetString() ?? ""
            : $"[{part.GetProperty("type").GetString()}]";

    private static int Count(string text) => Word().Count(text);

    [GeneratedRegex(@"\s*\S+\s*\z|\s*\S+")]
    private static partial Regex Word();
}
