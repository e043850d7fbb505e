using System.Text.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The container that code ran in and the files that it wrote, as an answer tells of them, and the answer itself where
/// it stands in a thread: the account keeps them, and a client may name them in a later request.
/// </summary>
internal sealed class AnthropicMessagesToldIds
{
    /// <summary>Of one answer.</summary>
    private const int Most = 256;

    private static readonly AccountFiles Told = new(["file_id", "container"], ["input"], countsResults: true);

    private List<string>? _ids;

    public IReadOnlyList<string> All => _ids is null ? [] : _ids;

    /// <exception cref="JsonException">It is malformed.</exception>
    public void See(ReadOnlySpan<byte> json)
    {
        if (!Told.MayNameAny(json))
        {
            return;
        }

        foreach ((string id, _) in Told.FindIn(json))
        {
            Add(id);
        }
    }

    public void Add(string id)
    {
        if (_ids is null || (_ids.Count < Most && !_ids.Contains(id)))
        {
            (_ids ??= []).Add(id);
        }
    }
}
