using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The ids by which a provider keeps an answer that passes: its own, told when it begins, and its items', when it is
/// over. A client may later name any of them, and the containers that its code ran in, which outlive an answer that
/// is not kept.
/// </summary>
/// <param name="keeps">The client wants its provider to keep the answer.</param>
internal sealed class OpenAIResponsesKeptIds(bool keeps)
{
    /// <summary>Of one answer; the items of a longer one cannot be named.</summary>
    private const int Most = 256;

    private List<string>? _ids;
    private bool _hasOwn;

    public IReadOnlyList<string> All => _ids is null ? [] : _ids;

    public void See(in OpenAIResponsesHead head)
    {
        bool isKept = keeps && head.Store != false && head.Id is not null;
        if (isKept && !_hasOwn)
        {
            _hasOwn = true;
            (_ids ??= []).Add(head.Id!);
        }

        if (head.Output.Length > "[]".Length && (isKept || head.Output.IndexOf("\"container_id\""u8) >= 0))
        {
            AddItems(_ids ??= [], head.Output, isKept);
        }
    }

    private static void AddItems(List<string> ids, ReadOnlySpan<byte> output, bool areKept)
    {
        var reader = new Utf8JsonReader(output);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isNamed = (areKept && reader.Is("id"u8)) || reader.Is("container_id"u8);
                if (!isNamed)
                {
                    reader.Skip();
                }
                else if (reader.ReadText() is { } id && ids.Count < Most)
                {
                    ids.Add(id);
                }
            }
        }
    }
}
