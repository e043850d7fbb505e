using System.Text;
using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws.Reading;
using Lightport.Usage;
using Xunit.Sdk;

namespace Lightport.Tests.Laws;

/// <summary>Judges what a client got for what a provider had answered; says what is broken, or null.</summary>
internal static class Laws
{
    private static readonly string[] FinishReasons =
        ["stop", "length", "tool_calls", "content_filter", "function_call"];

    public static string? Broken(RecordedAnswer recorded, Passage passage, ClientCall call)
    {
        try
        {
            string text = call.Text;
            if (recorded.Status >= 400)
            {
                return BrokenError(recorded, passage, call);
            }

            bool isAnswer = IsAnswer(recorded);
            if (call.Status != 200)
            {
                return isAnswer ? $"an answer became a {call.Status}: {call.Error("message")}"
                    : call.Error("message") is { Length: > 0 } ? null : "an error without a message";
            }

            if (passage.Stream && !isAnswer)
            {
                return BrokenStream(recorded, passage, text, failed: true);
            }

            return passage switch
            {
                _ when !isAnswer => "no answer became one",
                { Same: true, Exact: true } => BrokenCopy(recorded, text),
                { Client: DialectIds.GoogleGemini } => null,
                { Stream: true } => BrokenStream(recorded, passage, text, failed: false),
                _ => BrokenWhole(passage, call.Json),
            } ?? BrokenMeaning(recorded, passage, call);
        }
        catch (Exception e) when (e is DecoderFallbackException or System.Text.Json.JsonException
            or InvalidOperationException or NullReferenceException or KeyNotFoundException or FormatException)
        {
            return $"unreadable: {e.GetType().Name} {e.Message}";
        }
        catch (XunitException e)
        {
            return e.Message.Split("\ndata: ")[0].ReplaceLineEndings(" ");
        }
    }

    /// <summary>What is recorded as used is what the provider told, class by class.</summary>
    public static string? Broken(RecordedAnswer recorded, UsageRecord record)
    {
        if (recorded.Status >= 400 || record.Error is not null || UsageOf(recorded) is not { } told)
        {
            return null;
        }

        ToldUsage? kept = record.Usage is not { } usage ? null : new ToldUsage(
            usage.Prompt, usage.CacheRead, usage.CacheWrite + usage.CacheWriteLong, usage.Completion, usage.Reasoning);
        return kept == told ? null : $"usage was recorded as {kept}, told as {told}";
    }

    private static ToldUsage? UsageOf(RecordedAnswer recorded) =>
        Told.Read(recorded.Dialect, recorded.Body, recorded.IsStream).Usage;

    /// <summary>Whether there is an answer in it at all; some recordings are errors in spite of their status.</summary>
    private static bool IsAnswer(RecordedAnswer recorded)
    {
        if (recorded.IsStream)
        {
            return !Recovered.IsErrorInside(recorded);
        }

        if (recorded.Dialect == DialectIds.GoogleGemini)
        {
            return GeminiReading.Read(recorded.Body, isStream: false).Choices.Count > 0;
        }

        JsonObject body = JsonNode.Parse(recorded.Body)!.AsObject();
        return recorded.Dialect switch
        {
            DialectIds.AnthropicMessages => body["content"] is JsonArray,
            DialectIds.OpenAIResponses => body["output"] is JsonArray && body["error"] is null,
            _ => body["choices"] is JsonArray && body["error"] is null,
        };
    }

    /// <summary>An exact provider's bytes are the client's.</summary>
    private static string? BrokenCopy(RecordedAnswer recorded, string text)
    {
        if (recorded.Dialect == DialectIds.GoogleGemini && recorded.Body[0] == '[')
        {
            // The elements of an array were written anew.
            return null;
        }

        const string Done = "data: [DONE]";
        string expected = Relaxations.Framing(recorded.Text).TrimEnd();
        string actual = Relaxations.Framing(text).TrimEnd();
        bool added = actual.EndsWith(Done, StringComparison.Ordinal) && actual[..^Done.Length].TrimEnd() == expected;
        return actual == expected || added || Relaxations.IsWithoutDone(recorded.Dialect, expected, actual)
            ? null
            : "an exact provider's bytes were changed";
    }

    /// <param name="failed">The provider told an error in its stream, so the client must hear of one.</param>
    private static string? BrokenStream(RecordedAnswer recorded, Passage passage, string text, bool failed)
    {
        string wrongEnd = failed ? "an error became a whole answer" : "a whole answer ended in an error";
        switch (passage.Client)
        {
            case DialectIds.AnthropicMessages:
                string frames = passage.Same ? text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n\n" : text;
                return MessagesStreamLaws.Check(frames) is null == failed ? null : wrongEnd;
            case DialectIds.OpenAIChat:
                IReadOnlyList<string> broken = ChatStreamLaws.Broken(
                    text, passage.IncludeUsage, requireUsage: UsageOf(recorded) is not null);
                return passage is { Same: true, Exact: true } && failed ? EndsInError(text) ? null : wrongEnd
                    : broken.Count > 0 ? string.Join("; ", broken)
                    : EndsInError(text) == failed ? null : wrongEnd;
            default:
                return text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) == EndsInError(text)
                    ? "[DONE] ends a whole answer, and no other"
                    : EndsInError(text) == failed ? null : wrongEnd;
        }
    }

    private static bool EndsInError(string text) => text.Contains("data: {\"error\":", StringComparison.Ordinal);

    private static string? BrokenWhole(Passage passage, JsonObject body)
    {
        if (passage.Client == DialectIds.AnthropicMessages)
        {
            return (string?)body["type"] != "message" ? "type is not message"
                : (string?)body["role"] != "assistant" ? "role is not assistant"
                : string.IsNullOrEmpty((string?)body["id"]) ? "no id"
                : string.IsNullOrEmpty((string?)body["stop_reason"]) ? "no stop_reason"
                : !body.ContainsKey("stop_sequence") ? "no stop_sequence"
                : body["content"] is not JsonArray ? "content is no array"
                : body["usage"]?["input_tokens"] is null ? "no usage" : null;
        }

        bool chat = passage.Client == DialectIds.OpenAIChat;
        return (string?)body["object"] != (chat ? "chat.completion" : "text_completion") ? $"object is {body["object"]}"
            : string.IsNullOrEmpty((string?)body["id"]) ? "no id"
            : body["created"] is null ? "no created"
            : string.IsNullOrEmpty((string?)body["model"]) ? "no model"
            : body.Items("choices").Select(choice => BrokenChoice(choice, chat)).FirstOrDefault(breach => breach is not null);
    }

    private static string? BrokenChoice(JsonObject choice, bool chat)
    {
        if (choice["index"] is null || !FinishReasons.Contains((string?)choice["finish_reason"]))
        {
            return $"no index, or an unknown finish_reason {choice["finish_reason"]}";
        }

        if (!chat)
        {
            return choice["text"] is JsonValue ? null : "no text";
        }

        return choice["message"] is not JsonObject message ? "no message"
            : (string?)message["role"] != "assistant" ? "role is not assistant"
            : !message.ContainsKey("content") || message["content"] is JsonArray ? "content is absent, or a list"
            : message.ContainsKey("tool_calls") && message["tool_calls"] is null ? "tool_calls is null"
            : message.Text("reasoning") is not null && message.Text("reasoning_content") is null
                ? "thinking that is not in reasoning_content"
            : message.Items("tool_calls").Any(call => call.Text("id") is null || call.Text("type") is null)
                ? "a call without id or type" : null;
    }

    /// <summary>The client reads all that one who reads the provider itself does, and nothing else.</summary>
    private static string? BrokenMeaning(RecordedAnswer recorded, Passage passage, ClientCall call)
    {
        Told expected = Expectation.Of(passage, Told.Read(recorded.Dialect, recorded.Body, recorded.IsStream));
        Told actual = Expectation.Judged(expected, Told.Read(passage.Client, call.Body.Bytes, passage.Stream));
        if (expected.Lines.SequenceEqual(actual.Lines))
        {
            return null;
        }

        string[] lines =
        [
            .. expected.Lines.Except(actual.Lines).Select(line => "- " + line),
            .. actual.Lines.Except(expected.Lines).Select(line => "+ " + line),
        ];
        string what = lines.Length > 0 ? lines[0].Split(' ')[1] : "order";
        return $"the meaning changed in {what}\n{string.Join('\n', lines)}";
    }

    private static string? BrokenError(RecordedAnswer recorded, Passage passage, ClientCall call)
    {
        // Google says of a key that it does not know that the request is wrong.
        bool isKeyRefused = recorded.Status == 401
            || recorded.Text.Contains("\"API_KEY_INVALID\"", StringComparison.Ordinal);
        (string? message, string? code) = isKeyRefused
            ? ("refused the key that the gateway has for it", "provider_key_refused")
            : Relaxations.Apply(Recovered.Error(recorded));
        int status = isKeyRefused ? 502 : recorded.Status;
        if (passage.Client == DialectIds.GoogleGemini)
        {
            return call.Status != status ? $"status {recorded.Status} became {call.Status}"
                : message is not null && !call.Error("message")!.Contains(message, StringComparison.Ordinal)
                    ? $"the message '{message}' became '{call.Error("message")}'" : null;
        }

        bool messages = passage.Client == DialectIds.AnthropicMessages;
        return call.Status != status ? $"status {recorded.Status} became {call.Status}"
            : messages && (string?)call.Json["type"] != "error" ? "no error object of Anthropic"
            : !messages && !call.Json["error"]!.AsObject().ContainsKey("param") ? "no error object of OpenAI"
            : call.Error("type") is not { Length: > 0 } ? "an error without type"
            : message is not null && !call.Error("message")!.Contains(message, StringComparison.Ordinal)
                ? $"the message '{message}' became '{call.Error("message")}'"
            : !messages && code is not null && call.Error("code") != code ? $"code {code} became {call.Error("code")}"
            : null;
    }
}
