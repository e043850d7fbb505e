using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Exchanges.Shadows;

/// <summary>
/// Says which requests may be sent a second time: those that only ask for words. What an account keeps, or a provider
/// does beside answering, must not be there twice.
/// </summary>
internal static class ShadowScope
{
    /// <summary>In bytes; a copy of a longer body costs memory that others may need.</summary>
    public const int LongestBody = 1_048_576;

    /// <summary>Fields that name what is kept, or have a provider do something, whatever they say.</summary>
    private static readonly string[] NamesMore =
    [
        "previous_response_id", "previous_interaction_id", "conversation", "container", "mcp_servers", "agent",
        "cachedContent", "cached_content", "web_search_options",
    ];

    /// <summary>
    /// Why no copy may be made, as far as the request's bytes tell, in a sentence; null where one may.
    /// </summary>
    public static string? WhyNot(Exchange exchange)
    {
        HttpClientRequest request = exchange.Request;
        return exchange.Caller?.PresentedKey is not null ? "It brings a key of its own."
            : exchange.IsFree || !request.IsJson || exchange.Served is not IServedConversation served
                ? "It asks for no conversation's next turn."
            : request.Body.Length > LongestBody ? "Its body is longer than 1 MiB."
            : exchange is not { Keeper: null, Unowned: null } || request.Continues is not null
                || NamesKept(served, request) || KeepsOrDoesMore(served, request.Json)
                ? "It names, keeps or does what must not be there twice."
            : null;
    }

    /// <summary>
    /// Why it may not be sent, as far as its conversation tells, in a sentence; null where it may: no tool is run by
    /// the provider.
    /// </summary>
    public static string? WhyNot(ChatRequest conversation) =>
        MaySend(conversation) ? null : "It has a tool that the provider runs.";

    private static bool MaySend(ChatRequest conversation)
    {
        foreach (ToolDefinition tool in conversation.Tools)
        {
            if (tool.Kind == ToolKind.Server || tool.IsToolSearch)
            {
                return false;
            }
        }

        foreach (Extension extension in conversation.Extensions)
        {
            if (extension.IsTool)
            {
                return false;
            }
        }

        return true;
    }

    private static bool NamesKept(IServed served, ClientRequest request) =>
        (served is IServedFiles files && files.Files(request).Count > 0)
        || (served is IServedReferences references && references.References(request).Count > 0);

    private static bool KeepsOrDoesMore(IServed served, JsonEnvelope body)
    {
        foreach (string name in NamesMore)
        {
            if (body.TryGet(name, out JsonField field) && field.Type != JsonTokenType.Null)
            {
                return true;
            }
        }

        // Where clients go on from answers, those are kept unless the request says that they are not to be.
        bool keeps = body.TryGet("store", out JsonField store)
            ? store.Type != JsonTokenType.False
            : served is IServedMemory;
        return keeps || (body.TryGet("background", out JsonField background) && background.Type != JsonTokenType.False);
    }
}
