using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;

namespace Lightport.Cli.Commands;

/// <summary>Asks a model and prints its answer as it comes, or converses with it.</summary>
internal sealed class ChatCommand
{
    private readonly Argument<string[]> _prompt = new("prompt")
    {
        Description = "What to say; - for standard input. With none, and a terminal, a conversation.",
        HelpName = "prompt|-",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "The model, as `models` lists them.",
        HelpName = "model",
        Required = true,
    };

    private readonly Option<string?> _instructions = new("--system", "-s")
    {
        Description = "What the model is told before.",
        HelpName = "text",
    };

    public static Command Create(CommandRunner runner) => new ChatCommand().Build(runner);

    private Command Build(CommandRunner runner)
    {
        var command = new Command("chat", "Asks a model, with the client key in LIGHTPORT_KEY, or converses with it.")
        {
            _prompt, _model, _instructions,
        };
        return runner.Run(command, ChatAsync);
    }

    private Task<int> ChatAsync(Session session, CancellationToken cancellationToken)
    {
        string[] words = session.Arguments.GetValue(_prompt) ?? [];
        string model = session.Arguments.GetRequiredValue(_model);
        string? system = session.Arguments.GetValue(_instructions);
        List<JsonObject> messages = system is null ? [] : [ChatRequest.Message("system", system)];
        if (words.Length == 0 && session.Surroundings.CanAsk && !session.Terminal.Json)
        {
            return Conversation.RunAsync(session, model, messages, cancellationToken);
        }

        string prompt = words is [] or ["-"]
            ? session.Documents.ReadText("-", Documents.MostRequestBytes).Trim()
            : string.Join(' ', words);
        if (prompt.Length == 0)
        {
            throw new CommandFailure(
                ExitCodes.WrongUse, "There is nothing to say: give a prompt, or - and standard input.");
        }

        messages.Add(ChatRequest.Message("user", prompt));
        return session.Terminal.Json
            ? PrintAsync(session, ChatRequest.Create(model, messages, stream: false), cancellationToken)
            : AnswerAsync(session, ChatRequest.Create(model, messages, stream: true), cancellationToken);
    }

    private static async Task<int> AnswerAsync(Session session, JsonObject request, CancellationToken cancellationToken)
    {
        await StreamedAnswer.PrintAsync(session, request, cancellationToken);
        return ExitCodes.Done;
    }

    /// <summary>For scripts the answer comes in one piece; a model may take its time for that.</summary>
    private static async Task<int> PrintAsync(Session session, JsonObject request, CancellationToken cancellationToken)
    {
        await session.Gateway.StreamAsync(
            GatewayCall.Post(StreamedAnswer.Door, request),
            async (_, body, token) =>
            {
                using var reader = new StreamReader(body);
                session.Terminal.Document(await reader.ReadToEndAsync(token));
            },
            cancellationToken);
        return ExitCodes.Done;
    }
}
