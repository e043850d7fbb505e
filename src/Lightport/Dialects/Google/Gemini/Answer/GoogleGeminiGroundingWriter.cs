using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// What an answer was taken from (https://ai.google.dev/api/generate-content#GroundingMetadata): the sources, and the
/// spans of the text that each supports, in bytes of its UTF-8. All of a candidate's text counts as one.
/// </summary>
internal sealed class GoogleGeminiGroundingWriter(AnswerLosses losses)
{
    private readonly List<string> _texts = [];
    private readonly List<(Citation Citation, int Start, int End)> _cited = [];
    private int _partStart;
    private int _partCited;
    private int _end;

    /// <summary>More text of the candidate.</summary>
    public void Tell(string text)
    {
        _texts.Add(text);
        _end += text.Length;
    }

    /// <summary>What is told from here on is another part's.</summary>
    public void EndPart()
    {
        for (; _partCited < _cited.Count; _partCited++)
        {
            _cited[_partCited] = _cited[_partCited] with { End = _end };
        }

        _partStart = _end;
    }

    /// <summary>A source of the part that is being told, or of a span that it names itself.</summary>
    public void Cite(Citation citation) => _cited.Add((citation, _partStart, 0));

    public void Write(Utf8JsonWriter writer)
    {
        EndPart();
        if (_cited.Count == 0)
        {
            return;
        }

        string text = string.Concat(_texts);
        int[] bytes = ByteIndexes(text);
        Dictionary<CitationSource, int> chunks = [];
        writer.WriteStartObject("groundingMetadata"u8);
        writer.WriteStartArray("groundingChunks"u8);
        foreach ((Citation citation, _, _) in _cited)
        {
            foreach (CitationSource source in citation.Sources)
            {
                if (chunks.TryAdd(source, chunks.Count))
                {
                    WriteChunk(writer, source);
                }
            }
        }

        writer.WriteEndArray();
        writer.WriteStartArray("groundingSupports"u8);
        foreach ((Citation citation, int partStart, int partEnd) in _cited)
        {
            int start = Math.Clamp(citation.StartIndex ?? partStart, 0, text.Length);
            int end = Math.Clamp(citation.EndIndex ?? partEnd, start, text.Length);
            WriteSupport(writer, citation, text[start..end], bytes[start], bytes[end], chunks);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteChunk(Utf8JsonWriter writer, CitationSource source)
    {
        bool isPage = source.Url is not null;
        writer.WriteStartObject();
        writer.WriteStartObject(isPage ? "web"u8 : "retrievedContext"u8);
        if (isPage)
        {
            writer.WriteString("uri"u8, source.Url);
        }

        if (source.Title is not null)
        {
            writer.WriteString("title"u8, source.Title);
        }

        if (!isPage && source.CitedText is not null)
        {
            writer.WriteString("text"u8, source.CitedText);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        if (source.Place is not null || (isPage && source.CitedText is not null))
        {
            // Where in a document, or which words of a page: there is no field for it.
            losses.Add("citations");
        }
    }

    private static void WriteSupport(
        Utf8JsonWriter writer,
        Citation citation,
        string text,
        int start,
        int end,
        Dictionary<CitationSource, int> chunks)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("segment"u8);
        writer.WriteNumber("startIndex"u8, start);
        writer.WriteNumber("endIndex"u8, end);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
        writer.WriteStartArray("groundingChunkIndices"u8);
        foreach (CitationSource source in citation.Sources)
        {
            writer.WriteNumberValue(chunks[source]);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Where in the text's UTF-8 each UTF-16 unit begins, and where all of it ends.</summary>
    private static int[] ByteIndexes(string text)
    {
        int[] indexes = new int[text.Length + 1];
        int bytes = 0;
        int unit = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            for (int i = 0; i < rune.Utf16SequenceLength; i++)
            {
                indexes[unit++] = bytes;
            }

            bytes += rune.Utf8SequenceLength;
        }

        indexes[unit] = bytes;
        return indexes;
    }
}
