using System.CommandLine;
using System.CommandLine.Parsing;
using Lightport.Cli.Input;

namespace Lightport.Cli.Commands;

/// <summary>Says what is wrong with a command line.</summary>
internal static class WrongCommandLine
{
    public static CommandFailure Describe(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        string mistakes = Mistakes(parsed) + Suggestion(parsed);
        return arguments.Any(IsKey) ? Key() : new CommandFailure(ExitCodes.WrongUse, mistakes)
        {
            Code = "invalid_arguments",
            Advice = HelpOf(parsed),
        };
    }

    /// <summary>An option that is misspelt would else be taken for a file, or said to a model.</summary>
    /// <exception cref="CommandFailure">
    /// One is in an argument's place, and no <c>--</c> says that it is meant.
    /// </exception>
    public static void RefuseUnknownOptions(ParseResult parsed)
    {
        if (UnknownOption(parsed) is { } wrong)
        {
            throw IsKey(wrong) ? Key() : new CommandFailure(
                ExitCodes.WrongUse, $"{NoOption(parsed, wrong)}{Suggestion(parsed)}")
            {
                Code = "invalid_arguments",
                Advice = $"Put -- before what only begins like an option. {HelpOf(parsed)}",
            };
        }
    }

    /// <summary>Nothing of the line is repeated: a key stands in it.</summary>
    private static CommandFailure Key() => new(
        ExitCodes.WrongUse,
        "A key is never given as an argument: other users see it in the list of processes, and the shell keeps it in "
        + "its history. Set LIGHTPORT_ADMIN_KEY, or give --admin-key-file with a file or - for standard input.")
    {
        Code = "invalid_arguments",
    };

    private static string HelpOf(ParseResult parsed) =>
        $"Run `{Path(parsed.CommandResult)} --help` to see what it takes.";

    /// <summary>The parser takes an option that it does not know for an argument, where there is room.</summary>
    private static string? UnknownOption(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? null : parsed.CommandResult.Children
            .OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens.Select(token => token.Value))
            .Concat(parsed.UnmatchedTokens)
            .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal));

    /// <summary>Only the name: a value may be anything.</summary>
    private static string NoOption(ParseResult parsed, string wrong) =>
        $"'{wrong.Split('=', ':')[0]}' is no option of `{Path(parsed.CommandResult)}`.";

    /// <summary>
    /// What the parser found; of a command that is not there, only that: what stands after it has nothing to belong to.
    /// </summary>
    private static string Mistakes(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var wrong, ..]
            ? $"'{wrong}' is no command or option of `{Path(parsed.CommandResult)}`."
            : UnknownOption(parsed) is { } option ? NoOption(parsed, option)
            : string.Join(' ', parsed.Errors.Select(error => error.Message.Trim()).Distinct());

    /// <summary>The command or option that was most likely meant, as a question; nothing where none is near.</summary>
    private static string Suggestion(ParseResult parsed)
    {
        if ((UnknownOption(parsed) ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null)) is not { } wrong)
        {
            return "";
        }

        Command command = parsed.CommandResult.Command;
        IEnumerable<string> names = wrong.StartsWith('-')
            ? command.Options.Concat(Parents(parsed.CommandResult).SelectMany(parent => parent.Options))
                .Select(option => option.Name)
            : command.Subcommands.Select(sub => sub.Name);
        return NearName.Find(wrong.Split('=', ':')[0], names) is { } near ? $" Did you mean '{near}'?" : "";
    }

    private static IEnumerable<Command> Parents(SymbolResult result)
    {
        for (SymbolResult? at = result.Parent; at is CommandResult parent; at = parent.Parent)
        {
            yield return parent.Command;
        }
    }

    private static bool IsKey(string argument) =>
        argument.Split('=', ':')[0] is "--admin-key" or "--api-key" or "--client-key" or "--token";

    private static string Path(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
        {
            names.Push(command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
