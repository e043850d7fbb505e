using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Lightport.Cli.Gateway;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli;

/// <summary>One run of one command: its arguments, the gateway it speaks to, and for whom.</summary>
internal sealed class Session(
    ParseResult arguments,
    Surroundings surroundings,
    Terminal terminal,
    Func<Session, GatewayClient> connect) : IDisposable
{
    private GatewayClient? _gateway;

    public ParseResult Arguments => arguments;

    public Surroundings Surroundings => surroundings;

    public Terminal Terminal => terminal;

    public Documents Documents { get; } = new(surroundings);

    public TimeProvider Clock => surroundings.Clock;

    /// <summary>Made when it is first needed: <c>check</c> needs no address and no key.</summary>
    public GatewayClient Gateway => _gateway ??= connect(this);

    /// <summary>The id of the key that an argument means (<see cref="KeyHandle"/>).</summary>
    public Task<string> KeyIdAsync(Argument<string> argument, CancellationToken cancellationToken) =>
        KeyHandle.ResolveAsync(Gateway, arguments.GetRequiredValue(argument), cancellationToken);

    /// <summary>The id of the key that an option means; null where it was not given.</summary>
    public async Task<string?> KeyIdAsync(Option<string?> option, CancellationToken cancellationToken) =>
        arguments.GetValue(option) is { } handle
            ? await KeyHandle.ResolveAsync(Gateway, handle, cancellationToken)
            : null;

    /// <summary>For scripts: prints the answer as it came. For people: reads it and shows it.</summary>
    public int Show<T>(GatewayReply reply, JsonTypeInfo<T> type, Action<T> show)
    {
        if (terminal.Json)
        {
            terminal.Document(reply.Text);
        }
        else
        {
            show(reply.Read(type));
        }

        return ExitCodes.Done;
    }

    /// <summary>Asks a person; where there is none, or a script reads along, <c>--yes</c> must be given.</summary>
    /// <returns>False where the person said no.</returns>
    public async Task<bool> ConfirmAsync(string question, bool yes, CancellationToken cancellationToken)
    {
        if (yes)
        {
            return true;
        }

        if (terminal.Json || !surroundings.CanAsk)
        {
            throw new CommandFailure(
                ExitCodes.WrongUse, "There is nobody to ask, so nothing was changed; give --yes to go ahead unasked.")
            {
                Code = "confirmation_required",
            };
        }

        terminal.Prompt($"{question} [y/N] ");
        string? answer = await ReadLineAsync(cancellationToken);
        bool agreed = answer?.Trim().ToUpperInvariant() is "Y" or "YES";
        if (!agreed)
        {
            terminal.Note("Nothing was changed.");
        }

        return agreed;
    }

    /// <summary>A line that a person types; null at the end of the input.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        string? line = null;
        try
        {
            // A console's reader blocks whatever is asked of it, and Ctrl-C is not to wait for a line.
            line = await Task.Run(surroundings.Lines.ReadLine, cancellationToken).WaitAsync(cancellationToken);
            return line;
        }
        finally
        {
            if (line is null)
            {
                // Nobody pressed Enter: what comes next would stand beside the question.
                terminal.EndLine();
            }
        }
    }

    public void Dispose() => _gateway?.Dispose();
}
