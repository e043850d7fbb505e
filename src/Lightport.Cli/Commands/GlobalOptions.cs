using System.CommandLine;

namespace Lightport.Cli.Commands;

/// <summary>What every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Url { get; } = new("--url")
    {
        Description = "The gateway's address, else LIGHTPORT_URL, else http://localhost:7071.",
        HelpName = "address",
        Recursive = true,
    };

    public Option<string?> AdminKeyFile { get; } = new("--admin-key-file")
    {
        Description = "A file that holds the admin key, or - for standard input; else LIGHTPORT_ADMIN_KEY. It is never "
            + "an argument itself: other users could read it in the list of processes, and the shell would keep it.",
        HelpName = "file|-",
        Recursive = true,
    };

    public Option<string?> TokenFile { get; } = new("--token-file")
    {
        Description = "A file that holds a token of yours in the admin key's place, or - for standard input; else "
            + "LIGHTPORT_TOKEN.",
        HelpName = "file|-",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "For scripts: the gateway's JSON as it came, one document; errors as JSON on standard error.",
        Recursive = true,
    };

    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colours; NO_COLOR in the environment does the same.",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Options.Add(Url);
        root.Options.Add(AdminKeyFile);
        root.Options.Add(TokenFile);
        root.Options.Add(Json);
        root.Options.Add(NoColor);
    }
}
