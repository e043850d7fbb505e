namespace Lightport.Cli;

/// <summary>A command did not do what it was asked. The message says what happened and what to do next.</summary>
internal sealed class CommandFailure : Exception
{
    public CommandFailure(int exitCode, string message, Exception? inner = null)
        : base(message, inner) => ExitCode = exitCode;

    public int ExitCode { get; }

    /// <summary>A word for programs, as in the doors' errors.</summary>
    public string? Code { get; init; }

    /// <summary>The gateway's own error document; null where the failure is not from there.</summary>
    public string? Json { get; init; }

    /// <summary>What to do, for people, in a sentence of its own; null where the message says it.</summary>
    public string? Advice { get; init; }

    /// <summary>Places in the document that was sent, as compilers write them.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
}
