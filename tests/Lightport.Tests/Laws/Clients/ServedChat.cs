using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>A client of OpenAI's chat.</summary>
internal sealed class ServedChat : ServedClient
{
    /// <summary>A whole message has one field for each kind.</summary>
    private static readonly string[] FieldOrder =
        [ToldPart.Thinking, ToldPart.Words, ToldPart.Call, ToldPart.Refusal, ToldPart.Audio];

    public override string Dialect => DialectIds.OpenAIChat;

    public override bool AlwaysTellsUsage => false;

    public override GatewayEndpoint Door(bool stream) => GatewayEndpoints.ChatCompletions;

    public override string Request(string model, bool stream) => stream
        ? $$$"""
          {"model":"{{{model}}}","messages":[{"role":"user","content":"hi"}],"stream":true,
           "stream_options":{"include_usage":true}}
          """
        : $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""";

    public override string? BrokenWhole(JsonObject body) =>
        OpenAIShape.BrokenHead(body, "chat.completion")
        ?? body.Items("choices").Select(BrokenChoice).FirstOrDefault(breach => breach is not null);

    public override string? BrokenStream(string text, bool includeUsage, bool hasUsage, bool failed)
    {
        IReadOnlyList<string> broken = ChatStreamLaws.Broken(text, includeUsage, requireUsage: hasUsage);
        return broken.Count > 0 ? string.Join("; ", broken) : OpenAIShape.WrongEnd(EndsInError(text), failed);
    }

    public override bool EndsInError(string text) => OpenAIShape.EndsInError(text);

    public override string? BrokenError(JsonObject body, int status) => OpenAIShape.BrokenError(body);

    public override ToldChoice Expected(ToldChoice choice, bool stream)
    {
        IEnumerable<ToldPart> parts = choice.Parts.Where(part => part.IsCommon);
        return choice with
        {
            Parts = ToldPart.Join(stream ? parts : parts.OrderBy(part => Array.IndexOf(FieldOrder, part.Kind))),
            Citations = OfPages(choice),
        };
    }

    private static string? BrokenChoice(JsonObject choice)
    {
        if (OpenAIShape.BrokenEnd(choice) is { } breach)
        {
            return breach;
        }

        return choice["message"] is not JsonObject message ? "no message"
            : (string?)message["role"] != "assistant" ? "role is not assistant"
            : !message.ContainsKey("content") || message["content"] is JsonArray ? "content is absent, or a list"
            : message.ContainsKey("tool_calls") && message["tool_calls"] is null ? "tool_calls is null"
            : message.Text("reasoning") is not null && message.Text("reasoning_content") is null
                ? "thinking that is not in reasoning_content"
            : message.Items("tool_calls").Any(call => call.Text("id") is null || call.Text("type") is null)
                ? "a call without id or type" : null;
    }
}
