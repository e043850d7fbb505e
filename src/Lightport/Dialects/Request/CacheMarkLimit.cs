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
        int marks = request.Tools.Count(tool => tool.Cache is not null)
            + request.Messages.Sum(message => message.Parts.Sum(Count));
        if (marks <= most)
        {
            return request;
        }

        losses.Note("cache_control");
        var limit = new CacheMarkLimit(marks - most);
        return request with
        {
            Tools = [.. request.Tools.Select(limit.Unmarked)],
            Messages =
            [
                .. request.Messages.Select(message => message with { Parts = limit.Unmarked(message.Parts) }),
            ],
        };
    }

    private static int Count(ContentPart part) =>
        (part.Cache is null ? 0 : 1) + (part is ToolResultPart result ? result.Parts.Sum(Count) : 0);

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
