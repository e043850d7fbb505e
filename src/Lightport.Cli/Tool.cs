using System.CommandLine;
using System.CommandLine.Invocation;
using Lightport.Cli.Commands;
using Lightport.Cli.Output;

namespace Lightport.Cli;

/// <summary>The tool from its arguments to its exit code.</summary>
internal static class Tool
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Surroundings surroundings,
        CancellationToken cancellationToken = default)
    {
        var options = new GlobalOptions();
        Command root = CommandTree.Create(new CommandRunner(surroundings, options), options);

        // A prompt may begin with @, which would else be read as the name of a file of arguments.
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            var terminal = new Terminal(surroundings, parsed.GetValue(options.Json), parsed.GetValue(options.NoColor));
            terminal.Fail(WrongCommandLine.Describe(parsed, arguments));
            return ExitCodes.WrongUse;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = surroundings.Output,
                Error = surroundings.Error,
            },
            cancellationToken);
    }
}
