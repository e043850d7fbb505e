using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Input;

namespace Lightport.Cli.Commands;

/// <summary>What <c>keys create</c> and <c>keys update</c> say of a key.</summary>
internal sealed class KeyOptions
{
    public Option<string[]> Models { get; } = new("--models")
    {
        Description = "The models it may ask for, with * for any letters; again or with commas for more.",
        HelpName = "a,b",
    };

    public Option<string[]> Tags { get; } = new("--tag")
    {
        Description = "A tag for rules and reports; again for more.",
        HelpName = "name=value",
    };

    public Option<string[]> Limits { get; } = new("--limit")
    {
        Description = "How much it may use: requests-per-minute=60, tokens-per-minute=40000, concurrent=2, or "
            + "budget=5/day in US dollars (day, month, ever); again for more.",
        HelpName = "name=amount",
    };

    public Option<string?> Expires { get; } = new("--expires")
    {
        Description = "From when on it admits no one: a day (2027-01-01), a moment, so long from now (90d), or never.",
        HelpName = "time",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Models);
        command.Options.Add(Tags);
        command.Options.Add(Limits);
        command.Options.Add(Expires);
    }

    /// <summary>Puts what was said into a request's body; what was not stays out of it.</summary>
    /// <exception cref="CommandFailure">Something that was said makes no sense.</exception>
    public void Write(Session session, JsonObject body)
    {
        if (session.Arguments.GetValue(Models) is { Length: > 0 } models)
        {
            string[] names = [.. models.SelectMany(list => list.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            body["models"] = names.Length > 0
                ? new JsonArray([.. names.Select(name => (JsonNode)name)])
                : throw new CommandFailure(ExitCodes.WrongUse, "--models names none; leave it out for every model.");
        }

        if (session.Arguments.GetValue(Tags) is { Length: > 0 } tags)
        {
            body["tags"] = Read(tags);
        }

        if (session.Arguments.GetValue(Limits) is { Length: > 0 } limits)
        {
            body["limits"] = KeyLimits.Read(limits);
        }

        if (session.Arguments.GetValue(Expires) is { } expires)
        {
            body["expires_at"] = Moments.Parse(expires, session.Clock) is { } moment
                ? moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
                : null;
        }
    }

    private static JsonObject Read(string[] tags)
    {
        var read = new JsonObject();
        foreach (string tag in tags)
        {
            int sign = tag.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || !read.TryAdd(tag[..sign], tag[(sign + 1)..]))
            {
                throw new CommandFailure(
                    ExitCodes.WrongUse, $"--tag takes name=value, and each name once; '{tag}' is not that.");
            }
        }

        return read;
    }
}
