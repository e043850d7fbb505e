using System.CommandLine;
using System.CommandLine.Parsing;
using Lightport.Cli.Input;

namespace Lightport.Cli.Commands;

/// <summary>Says what is wrong with a command line.</summary>
internal static class WrongCommandLine
{
    public static CommandFailure Describe(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        if (arguments.Any(IsKey))
        {
            // Nothing of the line is repeated: a key stands in it.
            return new CommandFailure(ExitCodes.WrongUse, "A key is never given as an argument: other users see it in "
                + "the list of processes, and the shell keeps it in its history. Set LIGHTPORT_ADMIN_KEY, or give "
                + "--admin-key-file with a file or - for standard input.")
            {
                Code = "invalid_arguments",
            };
        }

        return new CommandFailure(ExitCodes.WrongUse, Mistakes(parsed) + Suggestion(parsed))
        {
            Code = "invalid_arguments",
            Advice = $"Run `{Path(parsed.CommandResult)} --help` to see what it takes.",
        };
    }

    /// <summary>
    /// What the parser found; of a command that is not there, only that: what stands after it has nothing to belong to.
    /// </summary>
    private static string Mistakes(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var wrong, ..]
            ? $"'{wrong}' is no command or option of `{Path(parsed.CommandResult)}`."
            : string.Join(' ', parsed.Errors.Select(error => error.Message.Trim()).Distinct());

    /// <summary>The command or option that was most likely meant, as a question; nothing where none is near.</summary>
    private static string Suggestion(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var wrong, ..])
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
