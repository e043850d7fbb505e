namespace Lightport.Cli;

/// <summary>What the tool ends with; docs/command-line.md tells them to scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The gateway refused, or the configuration is not valid.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong, or a file cannot be read.</summary>
    public const int WrongUse = 2;

    /// <summary>No key, or one that does not admit: 401 and 403.</summary>
    public const int NotAdmitted = 3;

    /// <summary>The gateway cannot be reached, failed, or broke off.</summary>
    public const int Unavailable = 4;

    /// <summary><c>diff --exit-code</c> found differences.</summary>
    public const int Different = 10;

    /// <summary>Ctrl-C, as shells count it: 128 and the signal's number.</summary>
    public const int Cancelled = 130;
}
