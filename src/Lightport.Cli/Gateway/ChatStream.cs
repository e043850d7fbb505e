using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>Reads a streamed answer on OpenAI's wire.</summary>
internal static class ChatStream
{
    /// <summary>The chunks of an answer, up to its end.</summary>
    /// <exception cref="CommandFailure">The answer holds an error, makes no sense, or ends before its end.</exception>
    public static async IAsyncEnumerable<ChatChunk> ReadAsync(
        Stream body,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool finished = false;
        SseParser<ChatChunk?> events = SseParser.Create(body, static (_, data) => Parse(data));
        await foreach (SseItem<ChatChunk?> item in events.EnumerateAsync(cancellationToken))
        {
            if (item.Data is not { } chunk)
            {
                yield break;
            }

            if (chunk.Error is { } error)
            {
                throw new CommandFailure(ExitCodes.Unavailable, error.Message ?? "The answer ended in an error.")
                {
                    Code = error.Word ?? "stream_error",
                };
            }

            finished |= chunk.Choices?.Any(choice => choice.FinishReason is not null) == true;
            yield return chunk;
        }

        // Some ways here lose the last event; a finish says as well that all has come.
        if (!finished)
        {
            throw new CommandFailure(ExitCodes.Unavailable, "The answer broke off; what has come is not all of it.")
            {
                Code = "broken_off",
            };
        }
    }

    /// <summary>Null for the end.</summary>
    private static ChatChunk? Parse(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(data, CliJsonContext.Default.ChatChunk)
                ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CommandFailure(
                ExitCodes.Unavailable, "An event of the answer makes no sense; the rest was not read.", e)
            {
                Code = "unexpected_answer",
            };
        }
    }
}
