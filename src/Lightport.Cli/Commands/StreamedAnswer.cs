using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Prints a model's answer as it comes.</summary>
internal static class StreamedAnswer
{
    public const string Door = "/v1/chat/completions";

    /// <returns>The whole answer.</returns>
    /// <exception cref="CommandFailure">There is none, or it broke off; what had come is printed.</exception>
    public static async Task<string> PrintAsync(
        Session session,
        JsonObject request,
        CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        string summary = "";
        try
        {
            await session.Gateway.StreamAsync(
                GatewayCall.Post(Door, request),
                async (response, body, token) =>
                    summary = await PrintAsync(session.Terminal, answer, response, body, token),
                cancellationToken);
        }
        finally
        {
            if (answer.Length > 0 && answer[^1] != '\n')
            {
                session.Terminal.Piece("\n");
            }
        }

        session.Terminal.Note(summary, Styles.Quiet);
        return answer.ToString();
    }

    /// <returns>What there is to say of the answer.</returns>
    private static async Task<string> PrintAsync(
        Terminal terminal,
        StringBuilder answer,
        HttpResponseMessage response,
        Stream body,
        CancellationToken cancellationToken)
    {
        string? finish = null;
        ChatUsage? usage = null;
        await foreach (ChatChunk chunk in ChatStream.ReadAsync(body, cancellationToken))
        {
            usage = chunk.Usage ?? usage;
            foreach (ChatChoice choice in chunk.Choices ?? [])
            {
                finish = choice.FinishReason ?? finish;
                if ((choice.Delta?.Content ?? choice.Delta?.Refusal) is { Length: > 0 } text)
                {
                    answer.Append(text);
                    terminal.Piece(text);
                }
            }
        }

        return Summary(response, finish, usage);
    }

    /// <summary>Who answered, why it ended where that is not the usual, and what it took.</summary>
    private static string Summary(HttpResponseMessage response, string? finish, ChatUsage? usage)
    {
        var parts = new List<string>();
        if (Header(response, "x-lightport-provider") is { } provider)
        {
            parts.Add($"{provider}/{Header(response, "x-lightport-model")}");
        }

        if (finish is not (null or "stop"))
        {
            parts.Add($"ended by {finish}");
        }

        if (usage is not null)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"{usage.PromptTokens:N0} tokens in, {usage.CompletionTokens:N0} out"));
        }

        return string.Join(" · ", parts);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;
}
