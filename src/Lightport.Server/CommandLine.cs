using Lightport.Routing;

namespace Lightport.Server;

/// <summary>The options that Server knows. The framework's reader leaves out in silence what nobody asks for.</summary>
internal static class CommandLine
{
    private static readonly string[] Options =
    [
        "urls", "config", "environment", "contentRoot",
        "LIGHTPORT_KEY", "LIGHTPORT_ADMIN_KEY", "LIGHTPORT_CONFIG", "LIGHTPORT_DATA", "LIGHTPORT_DRAIN",
        "LIGHTPORT_KEYS_OUTAGE", "LIGHTPORT_ANSWERS_KEPT", "LIGHTPORT_USAGE_KEPT", "LIGHTPORT_RECEIPTS_KEPT",
        "LIGHTPORT_BODY_BUDGET", "LIGHTPORT_TOKEN_HOSTS", "LIGHTPORT_PRICES", "LIGHTPORT_METRICS",
        "LIGHTPORT_METRICS_TOKEN", "LIGHTPORT_LIMITS", "LIGHTPORT_SESSIONS_KEPT", "LIGHTPORT_CONTEXT",
        "LIGHTPORT_SEAL_KEY",
    ];

    private const string Usage =
        " Server takes --urls <address>, --config <file>, and settings by their name, as in --LIGHTPORT_DRAIN 30s.";

    private static readonly string[] AsksForHelp = ["--help", "-h", "-?"];

    /// <summary>The framework's own settings, by the first part of their names.</summary>
    private static readonly string[] Sections = ["Kestrel:", "Logging:"];

    /// <summary>Null where every option is known and has its value, else the first that is not.</summary>
    public static string? Refusal(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            string[] parts = argument.Split('=', 2);
            string name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : "";
            if (name.Length == 0)
            {
                return $"Argument {i + 1} is no option: options begin with --.{Usage}";
            }

            if (!IsKnown(name))
            {
                return $"Unknown option '--{name}'{Near(name)}";
            }

            if (parts.Length == 1 && ++i == arguments.Count)
            {
                return $"The option '{argument}' needs a value, as in {argument} <value>.";
            }
        }

        return null;
    }

    /// <summary>What there is to say, where somebody asks for help; null where nobody does.</summary>
    public static string? Help(IReadOnlyList<string> arguments) => arguments.Any(given => AsksForHelp.Contains(given))
        ? $"""
            Lightport.Server answers at OpenAI's, Anthropic's and Google's paths and asks the providers behind it.

              --urls <address>    where it listens, http://127.0.0.1:7071 where this is left out
              --config <file>     the configuration, else lightport.yaml in the working directory

            Settings are taken from the environment too, where other users of this machine cannot read them:

            {string.Join("\n", Options.Where(IsSetting).Select(name => $"  --{name} <value>"))}

            docs/settings.md says what each of them is, lightport.sample.yaml what a configuration can say.
            """
        : null;

    private static bool IsSetting(string option) => option.StartsWith("LIGHTPORT_", StringComparison.Ordinal);

    private static bool IsKnown(string name) =>
        Options.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(Sections, section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase));

    private static string Near(string name) => NearNames.Find(name, Options, 1) is [string near]
        ? $"; did you mean '--{near}'?"
        : $".{Usage}";
}
