using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Question and answer in turn, each with all that was said before.</summary>
internal static class Conversation
{
    public static async Task<int> RunAsync(
        Session session,
        string model,
        List<JsonObject> messages,
        CancellationToken cancellationToken)
    {
        session.Terminal.Note($"Conversing with {model}. /exit or Ctrl-D ends it.", Styles.Quiet);
        while (await AskAsync(session, cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            messages.Add(ChatRequest.Message("user", line));
            try
            {
                JsonObject request = ChatRequest.Create(model, messages, stream: true);
                string answer = await StreamedAnswer.PrintAsync(session, request, cancellationToken);
                messages.Add(ChatRequest.Message("assistant", answer));
            }
            catch (CommandFailure failure)
            {
                // What was said so far is worth another try; the turn that failed is taken back.
                session.Terminal.Fail(failure);
                messages.RemoveAt(messages.Count - 1);
            }
        }

        return ExitCodes.Done;
    }

    /// <summary>Null at the end.</summary>
    private static async Task<string?> AskAsync(Session session, CancellationToken cancellationToken)
    {
        session.Terminal.Prompt("> ");
        string? line = await session.ReadLineAsync(cancellationToken);
        return line?.Trim() == "/exit" ? null : line;
    }
}
