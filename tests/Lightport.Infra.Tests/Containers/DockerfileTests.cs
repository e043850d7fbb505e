using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lightport.Infra.Tests.Containers;

/// <summary>The image is built from what is there, of no more than it needs, and runs as nobody.</summary>
public sealed partial class DockerfileTests
{
    /// <summary>The instructions, continued lines joined, comments left out.</summary>
    private static string[] Lines { get; } =
    [
        .. Continued().Replace(Repository.Read("Dockerfile"), " ").Split('\n')
            .Where(line => line.Length > 0 && line[0] is not '#'),
    ];

    private static string[] Allowed { get; } =
        [.. Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..])];

    private static IEnumerable<string> Copied => Lines
        .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal))
        .Where(line => !line.Contains("--from=", StringComparison.Ordinal))
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1]);

    [Fact]
    public void Sources_AreThereAndLetIn() => Rule.Holds(
        "Copied into the image, and not in the repository or shut out by .dockerignore:",
        from path in Copied
        where !Repository.Has(path)
            || !Allowed.Any(allowed => path == allowed || path.StartsWith(allowed, StringComparison.Ordinal))
        select path);

    [Fact]
    public void Ignore_ShutsOutAllButWhatIsCopied()
    {
        Assert.Contains("*", Repository.Read(".dockerignore").Split('\n'));
        Assert.All(Allowed, allowed =>
            Assert.Contains(Copied, path => path.StartsWith(allowed, StringComparison.Ordinal)));
    }

    /// <summary>A project that Server comes to need must be copied too, or the image no longer builds.</summary>
    [Fact]
    public void Projects_AreServersAndAllThatItNeeds()
    {
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        Collect("src/Lightport.Server/Lightport.Server.csproj", needed);

        Assert.Equal(needed, Copied.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Order());
        Assert.Equal(
            needed.Select(path => Path.GetDirectoryName(path) + "/"),
            Copied.Where(path => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith('/')).Order());
    }

    [Fact]
    public void Image_IsChiselledAndNotRoot()
    {
        int last = Array.FindLastIndex(Lines, line => line.StartsWith("FROM ", StringComparison.Ordinal));

        Assert.Equal("FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", Lines[last]);
        Assert.Equal("USER 1654:1654", Lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
        // There is no shell to run one in.
        Assert.DoesNotContain(Lines[last..], line => line.StartsWith("RUN ", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines[last..], line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));
    }

    [Fact]
    public void Image_IsCompiledAheadAndStartsServer()
    {
        string publish = Lines.Single(line => line.Contains("dotnet publish", StringComparison.Ordinal));

        Assert.Contains(" src/Lightport.Server ", publish, StringComparison.Ordinal);
        Assert.Contains(" -p:PublishReadyToRun=true ", publish, StringComparison.Ordinal);
        Assert.Equal("""ENTRYPOINT ["dotnet", "Lightport.Server.dll"]""", Lines[^1]);
    }

    [Fact]
    public void Settings_AreKnown() => Rule.Holds(
        "The Dockerfile sets what nothing reads:",
        from line in Lines
        where line.StartsWith("ENV ", StringComparison.Ordinal)
        from name in SettingName().Matches(line).Select(match => match.Groups[1].Value)
        where !Settings.Known.Contains(name)
        select name);

    private static void Collect(string project, SortedSet<string> into)
    {
        if (!into.Add(project))
        {
            return;
        }

        foreach (XElement reference in XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference"))
        {
            string target = Path.GetFullPath(
                Path.Combine(Repository.Full(project), "..", reference.Attribute("Include")!.Value));
            Collect(Path.GetRelativePath(Repository.Root, target), into);
        }
    }

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"\s(\w+)=")]
    private static partial Regex SettingName();
}
