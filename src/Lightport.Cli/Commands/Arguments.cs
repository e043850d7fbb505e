using System.CommandLine;

namespace Lightport.Cli.Commands;

/// <summary>Arguments and options that several commands take.</summary>
internal static class Arguments
{
    public static Argument<string> ConfigurationFile() => new("file")
    {
        Description = "The configuration, as lightport.yaml; - for standard input.",
        HelpName = "file|-",
    };

    public static Argument<string> Key() => new("key")
    {
        Description = "Which key: its id, as `keys list` shows it or the beginning of it, or its name.",
    };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Go ahead without asking." };

    public static Option<string?> Note() => new("--note")
    {
        Description = "Why; kept with the version.",
        HelpName = "text",
    };
}
