using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads a message's content: a string, or parts.</summary>
internal sealed class OpenAIChatContentDecoder(RequestFields fields)
{
    private const string Breakpoint = "prompt_cache_breakpoint";

    /// <summary>A kind and a text, and nothing else to look for.</summary>
    private const int PlainFields = 2;

    /// <summary>As many as most messages have; there is room for more as they come.</summary>
    private const int UsualParts = 4;

    /// <summary>A part has its kind, its mark, and one field of the kind's name.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        new[] { "text", "refusal", "image_url", "input_audio", "file", "thinking" }.ToFrozenDictionary(
            type => type, type => FrozenSet.Create("type", "cache_control", Breakpoint, type));

    private static readonly FrozenSet<string> KnownOfImage = FrozenSet.Create("url", "detail");
    private static readonly FrozenSet<string> KnownOfAudio = FrozenSet.Create("data", "format");
    private static readonly FrozenSet<string> KnownOfFile = FrozenSet.Create("file_id", "file_data", "filename");

    public List<ContentPart> Required(JsonElement message) =>
        Decode(fields.Required(message, "content"));

    public List<ContentPart> Optional(JsonElement message) =>
        fields.Find(message, "content") is { } content ? Decode(content) : [];

    public List<ContentPart> Decode(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.Text() is { Length: > 0 } text ? [new TextPart(text)] : [],
        JsonValueKind.Array => Parts(content),
        _ => throw fields.Wrong(content, "must be a string or an array of parts"),
    };

    private List<ContentPart> Parts(JsonElement array)
    {
        var parts = new List<ContentPart>(Math.Min(array.GetArrayLength(), UsualParts));
        foreach (JsonElement part in array.EnumerateArray())
        {
            parts.Add(Part(part));
        }

        return parts;
    }

    private ContentPart Part(JsonElement part)
    {
        fields.Tally.AddPart();
        if (part.ValueKind == JsonValueKind.String)
        {
            return new TextPart(part.Text());
        }

        string type = fields.RequiredText(part, "type");
        if (type == "text" && part.GetPropertyCount() == PlainFields)
        {
            return new TextPart(fields.RequiredText(part, "text"));
        }

        ContentPart read = type switch
        {
            "text" => new TextPart(fields.RequiredText(part, "text")),
            "refusal" => new RefusalPart(fields.RequiredText(part, "refusal")),
            "image_url" => Image(fields.Required(part, "image_url")),
            "input_audio" => Audio(fields.Required(part, "input_audio")),
            "file" => File(fields.Required(part, "file")),
            "thinking" => new ReasoningPart(OpenAIChatReasoning.ThinkingText(part)),
            _ => new OpaquePart(DialectIds.OpenAIChat, type, part),
        };
        if (MarkOf(part) is { } cache)
        {
            read = read with { Cache = cache };
        }

        return read is not OpaquePart && fields.Others(part, Known[type]) is { Count: > 0 } others
            ? read with { Extensions = [.. read.Extensions, .. others] }
            : read;
    }

    /// <summary>OpenAI's word for it, and the one that others on this wire have of Anthropic.</summary>
    private CacheControl? MarkOf(JsonElement part) =>
        CacheMark.Of(fields, part) ?? (fields.Object(part, Breakpoint) is null ? null : new CacheControl());

    /// <summary>An object with the address, or the bare address as some clients send it.</summary>
    private ImagePart Image(JsonElement image)
    {
        if (image.ValueKind == JsonValueKind.String)
        {
            return new ImagePart(Source(image, fields.Text(image)));
        }

        JsonElement address = fields.Required(image, "url");
        return new ImagePart(Source(address, fields.Text(address)))
        {
            Detail = fields.Text(image, "detail"),
            Extensions = fields.OthersIn(image, "image_url", KnownOfImage),
        };
    }

    private AudioPart Audio(JsonElement audio)
    {
        string format = fields.RequiredText(audio, "format");
        return new AudioPart(MediaSource.FromBase64(fields.RequiredText(audio, "data"), "audio/" + format))
        {
            Extensions = fields.OthersIn(audio, "input_audio", KnownOfAudio),
        };
    }

    private FilePart File(JsonElement file)
    {
        string? name = fields.Text(file, "filename");
        MediaSource source = fields.Text(file, "file_id") is { } id
            ? MediaSource.FromFileId(id)
            : Data(fields.Required(file, "file_data"), name);
        return new FilePart(source)
        {
            Filename = name,
            Extensions = fields.OthersIn(file, "file", KnownOfFile),
        };
    }

    private MediaSource Data(JsonElement data, string? name)
    {
        string text = fields.Text(data);
        bool address = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        return address ? Source(data, text) : MediaSource.FromBase64(text, TypeOf(name));
    }

    private MediaSource Source(JsonElement field, string address) =>
        MediaSource.TryFromAddress(address, out MediaSource? source, out string? problem)
            ? source
            : throw GatewayException.BadRequest(problem, fields.PathOf(field));

    /// <summary>The media type that a file's name tells; a PDF where it tells none.</summary>
    internal static string TypeOf(string? filename) => Path.GetExtension(filename)?.ToLowerInvariant() switch
    {
        ".txt" => "text/plain",
        ".md" => "text/markdown",
        ".csv" => "text/csv",
        ".json" => "application/json",
        ".html" => "text/html",
        _ => "application/pdf",
    };
}
