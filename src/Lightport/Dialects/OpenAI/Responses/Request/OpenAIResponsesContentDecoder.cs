using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads the content of a message or of a tool's output: a string, or parts.</summary>
internal sealed class OpenAIResponsesContentDecoder(RequestFields fields)
{
    private const string Mark = "prompt_cache_breakpoint";

    private static readonly FrozenSet<string> Text = FrozenSet.Create("type", "text", Mark);

    private static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        new Dictionary<string, FrozenSet<string>>
        {
            ["input_text"] = Text,
            ["text"] = Text,
            ["output_text"] = FrozenSet.Create("type", "text", "annotations", "logprobs"),
            ["refusal"] = FrozenSet.Create("type", "refusal"),
            ["input_image"] = FrozenSet.Create("type", "image_url", "file_id", "detail", Mark),
            ["input_file"] = FrozenSet.Create("type", "file_id", "filename", "file_data", "file_url", Mark),
            ["input_audio"] = FrozenSet.Create("type", "input_audio"),
        }.ToFrozenDictionary();

    private static readonly FrozenSet<string> KnownOfAudio = FrozenSet.Create("data", "format");

    public List<ContentPart> Read(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.Text() is { Length: > 0 } text ? [new TextPart(text)] : [],
        JsonValueKind.Array => [.. content.EnumerateArray().Select(Part)],
        _ => throw fields.Wrong(content, "must be a string or an array of parts"),
    };

    private ContentPart Part(JsonElement part)
    {
        fields.Tally.AddPart();
        string type = fields.RequiredText(part, "type");
        ContentPart read = type switch
        {
            "input_text" or "text" => new TextPart(fields.RequiredText(part, "text")),
            "output_text" => new TextPart(fields.RequiredText(part, "text"))
            {
                Citations = [.. fields.Items(part, "annotations").Select(OpenAIResponsesAnnotations.Read)],
            },
            "refusal" => new RefusalPart(fields.RequiredText(part, "refusal")),
            "input_image" => Image(part),
            "input_file" => File(part),
            "input_audio" => Audio(fields.RequiredObject(part, "input_audio")),
            _ => throw fields.Wrong(fields.Required(part, "type"), "is no type of content that is known here"),
        };
        return read with
        {
            Cache = fields.Object(part, Mark) is null ? null : new CacheControl(),
            Extensions = [.. read.Extensions, .. fields.Others(part, Known[type])],
        };
    }

    private ImagePart Image(JsonElement part)
    {
        MediaSource source = fields.Text(part, "file_id") is { } id
            ? MediaSource.FromFileId(id)
            : Source(fields.Required(part, "image_url"));
        return new ImagePart(source) { Detail = fields.Text(part, "detail") };
    }

    private FilePart File(JsonElement part)
    {
        string? name = fields.Text(part, "filename");
        MediaSource source;
        if (fields.Text(part, "file_id") is { } id)
        {
            source = MediaSource.FromFileId(id);
        }
        else if (fields.Find(part, "file_url") is { } address)
        {
            source = Source(address);
        }
        else
        {
            JsonElement data = fields.Required(part, "file_data");
            source = fields.Text(data).StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                ? Source(data)
                : MediaSource.FromBase64(fields.Text(data), OpenAIChatContentDecoder.TypeOf(name));
        }

        return new FilePart(source) { Filename = name };
    }

    private AudioPart Audio(JsonElement audio) => new(MediaSource.FromBase64(
        fields.RequiredText(audio, "data"), "audio/" + fields.RequiredText(audio, "format")))
    {
        Extensions = fields.OthersIn(audio, "input_audio", KnownOfAudio),
    };

    private MediaSource Source(JsonElement address) =>
        MediaSource.TryFromAddress(fields.Text(address), out MediaSource? source, out string? problem)
            ? source
            : throw GatewayException.BadRequest(problem, fields.PathOf(address));
}
