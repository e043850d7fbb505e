using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What the items of an answer say of it: whether it waits for tools, and what is billed apart.</summary>
/// <param name="losses">Told of what a client of another dialect cannot be; null for one of this.</param>
internal sealed class OpenAIResponsesOutputFacts(AnswerLosses? losses = null)
{
    private int _webSearches;

    /// <summary>The client is to run a tool.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>An item begins: what it says of itself is known before its first words.</summary>
    public void Begin(JsonElement item)
    {
        if (losses is not null && item.ValueOf(OpenAIResponsesWire.Phase) is { ValueKind: JsonValueKind.String })
        {
            losses.Add(OpenAIResponsesWire.Phase);
        }
    }

    /// <param name="item">An item as it is in the end.</param>
    public void See(JsonElement item)
    {
        Begin(item);
        string? type = item.TextOf("type");
        HasCalls |= type is "function_call" or "custom_tool_call";
        if (type == "web_search_call" && item.TextOf("status") != "failed"
            && item.ObjectOf("action")?.TextOf("type") is null or "search")
        {
            // Pages that the model opens or looks through are not billed.
            _webSearches++;
        }
    }

    /// <summary>The usage that a response tells; null where it tells none.</summary>
    public TokenUsage? UsageOf(JsonElement response) =>
        response.ObjectOf("usage") is { } usage
        && OpenAIChatUsage.Read(JsonMarshal.GetRawUtf8Value(usage)) is { } told
            ? Bill(told)
            : null;

    /// <summary>The tokens told, with what is billed beside them.</summary>
    public TokenUsage Bill(TokenUsage told) => _webSearches == 0 ? told : told with { WebSearches = _webSearches };
}
