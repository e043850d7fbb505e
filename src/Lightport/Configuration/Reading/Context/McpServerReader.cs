using System.Net;
using Lightport.Admission;
using Lightport.Configuration.Yaml;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Mcp.Connections;
using Lightport.Transport;

namespace Lightport.Configuration.Reading;

/// <summary>Reads an entry of <c>mcp.servers</c>: by its <c>url</c>, or by the <c>command</c> that starts it.</summary>
internal static class McpServerReader
{
    private static readonly SectionKeys Keys = new(
        "url", "private", McpAuthReader.Key, HeadersKey, "command", "arguments", "environment",
        "tools", "approval", "timeout", "cache", "pin", McpPriceReader.Key,
        McpFederationReader.Key)
    {
        Example = "{ url: \"https://mcp.example.com/mcp\" }",
        OtherWords = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["args"] = "arguments",
            ["env"] = "environment",
        },
    };

    private const string HeadersKey = "headers";

    private static readonly string[] OfHttp = ["url", "private", McpAuthReader.Key, HeadersKey];

    private static readonly string[] OfPrograms = ["command", "arguments", "environment"];

    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(15);

    public static McpServer? Read(string label, YamlNode node, ReadingContext context)
    {
        ConfigurationErrors errors = context.Errors;
        if (Section.Read(node, $"mcp.servers.{label}", Keys, errors) is not { } section)
        {
            return null;
        }

        bool isProgram = section.Find("command") is not null;
        if (isProgram == section.Find("url") is not null)
        {
            errors.Add(section.At, isProgram
                ? $"{section.Path} has both 'url' and 'command'; write one of them."
                : $"{section.Path} needs either 'url' or 'command'.");
            return null;
        }

        foreach (string key in isProgram ? OfHttp : OfPrograms)
        {
            if (section.Find(key) is { } wrong)
            {
                errors.Add(wrong, $"'{key}' is not for {section.Path}, which is reached by "
                    + (isProgram ? "a command." : "an address."));
            }
        }

        McpServer server = Policy(new McpServer(label) { IsConfigured = true }, section);
        return isProgram ? Program(server, section, context) : Http(server, section, context);
    }

    private static McpServer Policy(McpServer server, Section section) => server with
    {
        AllowedTools = section.Find("tools") is null ? null : Texts(section, "tools"),
        Approval = McpApprovalReader.Read(section) ?? server.Approval,
        CallTimeout = Duration(section, "timeout", TimeSpan.FromMilliseconds(100), LongestCall) ?? server.CallTimeout,
        CacheTime = Duration(section, "cache", TimeSpan.Zero, Durations.Longest) ?? server.CacheTime,
        Prices = McpPriceReader.Read(section),
        Federation = McpFederationReader.Read(section) ?? server.Federation,
        Pin = section.Text("pin") switch { null => server.Pin, "off" or "false" or "no" => null, var word => word },
    };

    private static McpServer? Http(McpServer server, Section section, ReadingContext context)
    {
        bool isPrivate = section.Boolean("private") ?? false;
        string? url = section.Text("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.UserInfo.Length > 0
            || address.Fragment.Length > 0 || !(address.Scheme == Uri.UriSchemeHttps
                || (address.Scheme == Uri.UriSchemeHttp && (isPrivate || IsWrittenPrivate(address)))))
        {
            section.Errors.Add(section.Find("url")!, $"{section.Path}.url must be an address with https:// and without "
                + "a password; http:// will do for a private address, or with 'private: on'.");
            return null;
        }

        return server with
        {
            Address = address,
            AllowsPrivate = isPrivate || IsWrittenPrivate(address),
            Identity = McpAuthReader.Read(section, context),
            Headers = [.. HeadersReader.Read(section, [])],
        };
    }

    /// <summary>Whoever writes such an address down means it.</summary>
    public static bool IsWrittenPrivate(Uri address) =>
        Loopback.IsName(address.Host)
        || (IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip) && !PublicConnection.IsPublic(ip));

    private static McpServer? Program(McpServer server, Section section, ReadingContext context)
    {
        if (!context.Environment.RunsPrograms)
        {
            section.Errors.Add(section.Find("command")!, $"{section.Path} is a program, which this host does not run; "
                + "serve it by HTTP and write its 'url', or run the gateway as lightport-server.");
            return null;
        }

        var plain = new Dictionary<string, string>(StringComparer.Ordinal);
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        string path = $"{section.Path}.environment";
        foreach ((ScalarNode name, YamlNode value) in Section.Entries(
            section.Find("environment"), path, section.Errors))
        {
            if (value is MappingNode)
            {
                if (Section.Read(value, $"{path}.{name.Value}", SecretReference.Keys, section.Errors) is { } secret
                    && SecretReference.Read(secret, SecretReference.Key, context) is { } key)
                {
                    secrets[name.Value] = key;
                }
            }
            else if (Section.TextOf(value, $"{path}.{name.Value}", section.Errors) is { } text)
            {
                plain[name.Value] = text;
            }
        }

        return Command(section) is not { } command ? null : server with
        {
            Program = new McpProgram(command, Texts(section, "arguments"))
            {
                Environment = plain,
                Secrets = secrets,
            },
        };
    }

    /// <summary>No shell reads it: what looks like a line for one is no program's name.</summary>
    private static string? Command(Section section)
    {
        string? command = section.Text("command");
        string first = command?.Split(' ')[0] ?? "";
        if (command is null || first == command || (first.AsSpan().ContainsAny('/', '\\') && !File.Exists(first))
            || File.Exists(command))
        {
            return command;
        }

        section.Errors.Add(section.Find("command")!, $"{section.Path}.command is one program's name; write "
            + $"command: {first}, and the words behind it as a list, as in arguments: [-y, foo].");
        return null;
    }

    private static List<string> Texts(Section section, string key) =>
    [
        .. Section.Items(section.Find(key), $"{section.Path}.{key}", section.Errors)
            .Select(item => Section.TextOf(item, $"{section.Path}.{key}", section.Errors))
            .OfType<string>(),
    ];

    private static TimeSpan? Duration(Section section, string key, TimeSpan shortest, TimeSpan longest)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (Durations.Parse(text, shortest, longest) is { } span)
        {
            return span;
        }

        section.Errors.Add(section.Find(key)!, $"{section.Path}.{key} is a length of time up to "
            + $"{longest.TotalMinutes:0}m, as in 30s or 5m.");
        return null;
    }
}
