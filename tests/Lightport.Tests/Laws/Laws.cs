using System.Text;
using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws.Reading;
using Lightport.Usage;
using Xunit.Sdk;

namespace Lightport.Tests.Laws;

/// <summary>Judges what a client got for what a provider had answered; says what is broken, or null.</summary>
internal static class Laws
{
    public static string? Broken(RecordedAnswer recorded, Passage passage, ClientCall call) => Judge(() =>
    {
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
            return BrokenStream(recorded, passage, call.Text, failed: true);
        }

        return passage switch
        {
            _ when !isAnswer => "no answer became one",
            { IsCopy: true } => BrokenCopy(recorded, call.Text),
            { Stream: true } => BrokenStream(recorded, passage, call.Text, failed: false),
            _ => passage.Client.BrokenWhole(call.Json),
        } ?? BrokenMeaning(recorded, passage, call);
    });

    /// <summary>What a client got of an answer that broke off before its end: an error, whatever came before it.</summary>
    public static string? BrokenCut(
        RecordedAnswer whole, Passage passage, ClientCall call, UsageRecord record) => Judge(() =>
    {
        if (call.Status != 200)
        {
            return call.Status < 400 ? $"a cut answer became a {call.Status}"
                : passage.Client.BrokenError(call.Json, call.Status);
        }

        string? broken = !passage.IsCopy
            ? passage.Client.BrokenStream(call.Text, passage.IncludeUsage, hasUsage: false, failed: true)
            : passage.Client.EndsInError(call.Text) ? null : "a cut answer ends as a whole one";
        return broken
            ?? (record.Error is null ? "a cut answer was recorded as whole" : BrokenWords(whole, passage, call));
    });

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

    /// <summary>What cannot be read at all is a breach, too.</summary>
    private static string? Judge(Func<string?> law)
    {
        try
        {
            return law();
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
            DialectIds.AnthropicMessages or DialectIds.AnthropicBedrock => body["content"] is JsonArray,
            DialectIds.AwsConverse => body["output"] is JsonObject,
            DialectIds.OpenAIResponses => body["output"] is JsonArray && body["error"] is null,
            _ => body["choices"] is JsonArray && body["error"] is null,
        };
    }

    /// <summary>An exact provider's bytes are the client's.</summary>
    private static string? BrokenCopy(RecordedAnswer recorded, string text)
    {
        if (recorded.IsArray)
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
    private static string? BrokenStream(RecordedAnswer recorded, Passage passage, string text, bool failed) =>
        passage.IsCopy
            ? passage.Client.EndsInError(text) == failed ? null : "an error became a whole answer"
            : passage.Client.BrokenStream(text, passage.IncludeUsage, UsageOf(recorded) is not null, failed);

    /// <summary>The words that came before the break are the answer's first ones.</summary>
    private static string? BrokenWords(RecordedAnswer whole, Passage passage, ClientCall call)
    {
        string said = Words(Told.Read(passage.Client.Dialect, call.Body.Bytes, isStream: true), ToldPart.Words);
        string all = Words(
            Told.Read(whole.Dialect, whole.Body, whole.IsStream), ToldPart.Words, ToldPart.Refusal, ToldPart.Audio);
        return all.StartsWith(said, StringComparison.Ordinal) ? null : $"words that nobody said: {said}";

        static string Words(Told told, params string[] kinds) => string.Concat(
            told.Choices.Take(1).SelectMany(choice => choice.Parts)
                .Where(part => kinds.Contains(part.Kind)).Select(part => part.Text));
    }

    /// <summary>The client reads all that one who reads the provider itself does, and nothing else.</summary>
    private static string? BrokenMeaning(RecordedAnswer recorded, Passage passage, ClientCall call)
    {
        Told expected = Expectation.Of(passage, Told.Read(recorded.Dialect, recorded.Body, recorded.IsStream));
        Told actual = Expectation.Judged(
            passage, expected, Told.Read(passage.Client.Dialect, call.Body.Bytes, passage.Stream));
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
        // Google says of a key that it does not know that the request is wrong, AWS that it is forbidden.
        bool isKeyRefused = recorded.Status == 401
            || (recorded.Status == 403 && recorded.Dialect == DialectIds.AwsConverse)
            || recorded.Text.Contains("\"API_KEY_INVALID\"", StringComparison.Ordinal);
        (string? message, string? code) = isKeyRefused
            ? ("refused the key that the gateway has for it", "provider_key_refused")
            : Relaxations.Apply(Recovered.Error(recorded));
        int status = isKeyRefused ? 502 : recorded.Status;
        return call.Status != status ? $"status {recorded.Status} became {call.Status}"
            : passage.Client.BrokenError(call.Json, status) is { } breach ? breach
            : message is not null && !call.Error("message")!.Contains(message, StringComparison.Ordinal)
                ? $"the message '{message}' became '{call.Error("message")}'"
            : passage.Client.TellsCodes && code is not null && call.Error("code") != code
                ? $"code {code} became {call.Error("code")}" : null;
    }
}
