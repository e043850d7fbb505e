using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads a whole answer.</summary>
internal static class OpenAIChatResponseDecoder
{
    public static ChatResponse Decode(ReadOnlyMemory<byte> body)
    {
        JsonElement root = OpenAIChatWire.ParseAnswer(body);
        string id = root.TextOf("id") ?? "";
        if (root.ValueOf("choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
        {
            throw GatewayException.BadUpstream("The provider's answer has no choices.");
        }

        IReadOnlyList<Citation> sources = OpenAIChatCitations.ReadSources(root);
        return new ChatResponse
        {
            Id = id,
            Model = root.TextOf("model") ?? "",
            Created = Integer(root, "created") ?? 0,
            Choices = [.. choices.EnumerateArray().Select((choice, place) => Choice(choice, place, id, sources))],
            Usage = root.ValueOf("usage") is { } usage
                ? OpenAIChatUsage.Read(JsonMarshal.GetRawUtf8Value(usage))
                : null,
            ServiceTier = root.TextOf("service_tier"),
        };
    }

    private static ChatChoice Choice(JsonElement choice, int place, string responseId, IReadOnlyList<Citation> sources)
    {
        int index = (int)(Integer(choice, "index") ?? place);
        JsonElement message = choice.ValueOf("message") ?? choice.ValueOf("delta") ?? choice;
        List<ContentPart> parts = OpenAIChatReasoning.Decode(message);
        AddContent(parts, message);
        AddCitations(parts, [.. message.ItemsOf("annotations").Select(OpenAIChatCitations.Read)], sources);
        if (message.TextOf("refusal") is { Length: > 0 } refusal)
        {
            parts.Add(new RefusalPart(refusal));
        }

        if (message.ValueOf("audio") is { ValueKind: JsonValueKind.Object } audio)
        {
            parts.Add(OpenAIChatAudio.Read(audio));
        }

        parts.AddRange(OpenAIChatExtras.Read(message));
        int before = parts.Count;
        parts.AddRange(OpenAIChatCalls.Decode(message, responseId, index));
        string? word = choice.TextOf("finish_reason");
        if (OpenAIChatFinish.IsFailure(word))
        {
            throw new GatewayException(OpenAIChatFinish.Failure(word!, ErrorStage.Decode));
        }

        bool hasCalls = parts.Count > before;
        Finish finish =
            OpenAIChatFinish.Read(word, choice.TextOf("native_finish_reason"), hasCalls, Stop(choice));
        return new ChatChoice(index, parts, finish)
        {
            Logprobs = choice.ObjectOf("logprobs") is { } logprobs ? OpenAIChatLogprobs.Read(logprobs) : null,
        };
    }

    /// <summary>The stop string that was met; vLLM and SGLang say the number of a token in the same field.</summary>
    private static string? Stop(JsonElement choice) =>
        choice.TextOf("stop_sequence") ?? choice.TextOf("stop_reason") ?? choice.TextOf("matched_stop");

    /// <summary>A string, or the list of parts that Mistral sends when the model thinks.</summary>
    private static void AddContent(List<ContentPart> parts, JsonElement message)
    {
        if (message.TextOf("content") is { Length: > 0 } text)
        {
            parts.Add(new TextPart(text));
        }

        var list = new OpenAIChatContentList(parts);
        foreach (JsonElement part in message.ItemsOf("content"))
        {
            string type = part.TextOf("type") ?? "unknown";
            if (type == "text")
            {
                list.AddText(part.TextOf("text") ?? "");
            }
            else if (type == "thinking")
            {
                list.AddThinking(OpenAIChatReasoning.ThinkingText(part));
            }
            else
            {
                list.Add(new OpaquePart(DialectIds.OpenAIChat, type, part));
            }
        }

        list.Close();
    }

    private static void AddCitations(
        List<ContentPart> parts, IReadOnlyList<Citation> annotations, IReadOnlyList<Citation> sources)
    {
        IReadOnlyList<Citation> citations = annotations.Count > 0 ? annotations : sources;
        if (citations.Count == 0)
        {
            return;
        }

        int last = parts.FindLastIndex(part => part is TextPart);
        if (last < 0)
        {
            parts.Add(new TextPart("") { Citations = citations });
            return;
        }

        parts[last] = (TextPart)parts[last] with { Citations = citations };
    }

    private static long? Integer(JsonElement owner, string name) =>
        owner.ValueOf(name) is { ValueKind: JsonValueKind.Number } value
            ? value.TryGetInt64(out long whole) ? whole : (long)value.GetDouble()
            : null;
}
