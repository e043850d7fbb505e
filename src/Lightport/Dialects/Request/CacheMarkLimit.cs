using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Holds a request to as many marks of the cache as its target takes: the latest of them, which hold the longest
/// prefixes. OpenAI passes over earlier ones by itself, so that its clients may send any number.
/// </summary>
internal sealed class CacheMarkLimit
{
    private int _excess;

    private CacheMarkLimit(int excess) => _excess = excess;

    /// <param name="most">More are refused.</param>
    public static ChatRequest Within(ChatRequest request, int most, LossLedger losses)
    {
        int marks = Count(request);
        if (marks <= most)
        {
            return request;
        }

        losses.Note("cache_control");
        return new CacheMarkLimit(marks - most).Unmarked(request);
    }

    private static int Count(ChatRequest request)
    {
        int marks = 0;
        for (int i = 0; i < request.Tools.Count; i++)
        {
            marks += request.Tools[i].Cache is null ? 0 : 1;
        }

        for (int i = 0; i < request.Messages.Count; i++)
        {
            marks += Count(request.Messages[i].Parts);
        }

        return marks;
    }

    private static int Count(IReadOnlyList<ContentPart> parts)
    {
        int marks = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            marks += (parts[i].Cache is null ? 0 : 1) + (parts[i] is ToolResultPart result ? Count(result.Parts) : 0);
        }

        return marks;
    }

    private ChatRequest Unmarked(ChatRequest request) => request with
    {
        Tools = [.. request.Tools.Select(Unmarked)],
        Messages = [.. request.Messages.Select(message => message with { Parts = Unmarked(message.Parts) })],
    };

    private ToolDefinition Unmarked(ToolDefinition tool) =>
        tool.Cache is not null && TakeOne() ? tool with { Cache = null } : tool;

    private IReadOnlyList<ContentPart> Unmarked(IReadOnlyList<ContentPart> parts) =>
        _excess > 0 ? [.. parts.Select(Unmarked)] : parts;

    /// <summary>What stands within a result stands before its own end.</summary>
    private ContentPart Unmarked(ContentPart part)
    {
        ContentPart inner = part is ToolResultPart result ? result with { Parts = Unmarked(result.Parts) } : part;
        return inner.Cache is not null && TakeOne() ? inner with { Cache = null } : inner;
    }

    private bool TakeOne() => _excess-- > 0;
}
