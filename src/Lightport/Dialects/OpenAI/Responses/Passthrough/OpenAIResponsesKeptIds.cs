using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The ids by which a provider keeps an answer that passes: its own, told when it begins, and its items', when it is
/// over. A client may later name any of them.
/// </summary>
internal sealed class OpenAIResponsesKeptIds
{
    /// <summary>Of one answer; the items of a longer one cannot be named.</summary>
    private const int Most = 256;

    private List<string>? _ids;

    public IReadOnlyList<string> All => _ids is null ? [] : _ids;

    public void See(in OpenAIResponsesHead head)
    {
        if (head.Store == false || head.Id is null)
        {
            return;
        }

        _ids ??= [head.Id];
        if (head.Output.Length > "[]".Length)
        {
            AddItems(_ids, head.Output);
        }
    }

    private static void AddItems(List<string> ids, ReadOnlySpan<byte> output)
    {
        var reader = new Utf8JsonReader(output);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!reader.ValueTextEquals("id"u8))
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
