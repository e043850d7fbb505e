using Microsoft.Extensions.Configuration;

namespace Lightport.Cli;

/// <summary>What the tool is run in: environment, streams, clock. A test gives it others.</summary>
internal sealed record Surroundings
{
    /// <summary>The environment's variables.</summary>
    public required IConfiguration Settings { get; init; }

    /// <summary>Standard input as it comes, for documents.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard input by lines, for a person's answers.</summary>
    public required TextReader Lines { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 80;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether a person can be asked: the question goes to standard error.</summary>
    public bool CanAsk => InputIsTerminal && ErrorIsTerminal;

    public static Surroundings OfThisProcess() => new()
    {
        Settings = new ConfigurationBuilder().AddEnvironmentVariables().Build(),
        Input = Console.OpenStandardInput(),
        Lines = Console.In,
        Output = Console.Out,
        Error = Console.Error,
        InputIsTerminal = !Console.IsInputRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? 80 : Math.Max(40, Console.WindowWidth),
    };
}
