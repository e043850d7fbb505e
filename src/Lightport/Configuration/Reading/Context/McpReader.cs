using Lightport.Configuration.Yaml;
using Lightport.Mcp;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>mcp: { servers: { label: … }, hosts: […], native: off, rules: […] }</c>.</summary>
internal static class McpReader
{
    public const string Key = "mcp";

    private const int LongestLabel = 48;

    private static readonly SectionKeys Keys = new("servers", "hosts", "native", CallRulesReader.Key);

    public static McpSettings Read(YamlNode? node, ReadingContext context)
    {
        if (node is null || Section.Read(node, Key, Keys, context.Errors) is not { } section)
        {
            return McpSettings.None;
        }

        var servers = new List<McpServer>();
        foreach ((ScalarNode label, YamlNode value) in Section.Entries(
            section.Find("servers"), "mcp.servers", context.Errors))
        {
            if (LabelError(label.Value) is { } error)
            {
                context.Errors.Add(label, error);
            }
            else if (McpServerReader.Read(label.Value, value, context) is { } server)
            {
                servers.Add(server);
            }
        }

        return new McpSettings(servers, Hosts(section)) { AllowsNative = section.Boolean("native") ?? false };
    }

    /// <summary>A route may only name servers that there are.</summary>
    public static void RefuseUnknown(IEnumerable<ModelEntry> entries, McpSettings mcp, ConfigurationErrors errors)
    {
        string[] labels = [.. mcp.Servers.Select(server => server.Label)];
        foreach (ModelReference server in entries.SelectMany(entry => entry.Tools))
        {
            if (!labels.Contains(server.Text))
            {
                errors.Add(server.At, $"there is no MCP server '{server.Text}' under mcp.servers"
                    + (NearNames.Question(server.Text, labels) is { Length: > 0 } near ? near : "."));
            }
        }
    }

    /// <summary>It begins the names that models see of tools whose own are taken.</summary>
    private static string? LabelError(string label) =>
        label.Length is 0 or > LongestLabel
        || !label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
        || label.Contains("__", StringComparison.Ordinal)
            ? $"an MCP server's label has from 1 to {LongestLabel} letters, digits, '-' or '_', no two '_' in a row."
        : label == McpServer.Own.Label
            ? $"'{label}' is what clients are told of tools that the gateway itself answers; write another label."
            : null;

    /// <summary>A star with letters behind it: <c>*contoso.com</c> is <c>evilcontoso.com</c> too.</summary>
    private static bool LeadsOut(string host)
    {
        int star = host.IndexOf('*', StringComparison.Ordinal);
        return star >= 0 && star + 1 < host.Length && char.IsAsciiLetterOrDigit(host[star + 1]);
    }

    private static List<string> Hosts(Section section)
    {
        const string Path = "mcp.hosts";
        var hosts = new List<string>();
        foreach (YamlNode item in Section.Items(section.Find("hosts"), Path, section.Errors))
        {
            if (Section.TextOf(item, Path, section.Errors) is not { } host)
            {
                continue;
            }

            if (!host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '*' or ':'))
            {
                section.Errors.Add(item, $"'{host}' in {Path} is no host's name; write it as in mcp.example.com or "
                    + "*.example.com, with a port where it is not 443.");
            }
            else if (LeadsOut(host))
            {
                section.Errors.Warn(item, $"'{host}' in {Path} admits hosts of others too, whose names only end alike; "
                    + "write a dot behind the star, as in *.example.com.");
                hosts.Add(host);
            }
            else if (host.Trim('*', '.').Length == 0)
            {
                section.Errors.Warn(item, $"{Path} lets clients name any MCP server in the world.");
                hosts.Add(host);
            }
            else
            {
                hosts.Add(host);
            }
        }

        return hosts;
    }
}
