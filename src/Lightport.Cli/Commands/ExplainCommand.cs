using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Says where a request would go; nothing is sent there.</summary>
internal sealed class ExplainCommand
{
    private const string DefaultPath = "/v1/chat/completions";

    /// <summary>How the gateway bounds claims.</summary>
    private const int MostClaimBytes = 16 * 1024;

    private readonly Argument<string?> _file = new("file")
    {
        Description = "A client's request, as JSON; - for standard input.",
        HelpName = "file|-",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _path = new("--path")
    {
        Description = $"The door it would go to, else {DefaultPath}.",
        HelpName = "path",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "Whose it would be: a key's id or name.",
        HelpName = "key",
    };

    private readonly Option<string?> _claims = new("--claims")
    {
        Description = "Whose it would be, in place of a key: a token's claims, as a JSON object or a file with one.",
        HelpName = "json|file|-",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "In place of a file: the model.",
        HelpName = "model",
    };

    private readonly Option<string?> _prompt = new("--prompt")
    {
        Description = "In place of a file: what the user says, else Hello!",
        HelpName = "text",
    };

    public static Command Create(CommandRunner runner) => new ExplainCommand().Build(runner);

    private Command Build(CommandRunner runner) => runner.Run(
        new Command("explain", "Says which route and targets a request would take; nothing is sent.")
        {
            _file, _path, _key, _claims, _model, _prompt,
        },
        ExplainAsync);

    private async Task<int> ExplainAsync(Session session, CancellationToken cancellationToken)
    {
        ParseResult arguments = session.Arguments;
        ReadOnlyMemory<byte> request = Request(session);
        string? key = await session.KeyIdAsync(_key, cancellationToken);
        string path = GatewayCall.WithQuery("/manage/explain", ("path", arguments.GetValue(_path)), ("key", key));
        var call = new GatewayCall(HttpMethod.Post, path) { Body = request, Claims = Claims(session) };
        GatewayReply reply = await session.Gateway.SendAsync(call, cancellationToken);
        return session.Show(
            reply, CliJsonContext.Default.Explanation, found => ExplanationView.Show(found, session.Terminal));
    }

    /// <summary>In ASCII, as headers are: letters beyond it are escaped.</summary>
    private string? Claims(Session session)
    {
        if (session.Arguments.GetValue(_claims) is not { } said)
        {
            return null;
        }

        string text = said.TrimStart().StartsWith('{') ? said : session.Documents.ReadText(said, MostClaimBytes);
        try
        {
            return JsonNode.Parse(text)?.ToJsonString();
        }
        catch (JsonException e)
        {
            throw new CommandFailure(ExitCodes.WrongUse, "What --claims gives is no JSON object.", e);
        }
    }

    private ReadOnlyMemory<byte> Request(Session session)
    {
        string? file = session.Arguments.GetValue(_file);
        string? model = session.Arguments.GetValue(_model);
        string? prompt = session.Arguments.GetValue(_prompt);
        return (file, model, prompt) switch
        {
            ({ } path, null, null) => session.Documents.Read(path, Documents.MostRequestBytes),
            (null, { } name, _) => Encoding.UTF8.GetBytes(SampleRequest.For(
                session.Arguments.GetValue(_path) ?? DefaultPath, name, prompt ?? "Hello!").ToJsonString()),
            _ => throw new CommandFailure(
                ExitCodes.WrongUse, "Give either a file with a request, or --model and, if wanted, --prompt."),
        };
    }
}
