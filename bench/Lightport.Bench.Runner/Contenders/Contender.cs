using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Contenders;

/// <summary>Something that a client may send its requests to.</summary>
internal sealed record Contender(string Name)
{
    public const string Direct = "direct";
    public const string Forwarder = "forwarder";
    public const string Nginx = "nginx";
    public const string Lightport = "lightport";
    /// <summary>Lightport with a stage that looks at every answer.</summary>
    public const string Watched = "lightport, watched";
    /// <summary>Lightport as one native program, which starts at once and is never compiled better while it runs.
    /// </summary>
    public const string Native = "lightport, native";
    public const string Portkey = "portkey";

    /// <summary>How it is started on a port; null for the upstream itself.</summary>
    public Func<int, Launch>? Launch { get; init; }

    /// <summary>A path that answers a GET with 200 as soon as it serves.</summary>
    public string ReadyPath { get; init; } = "/";

    /// <summary>Answers chat requests from a provider that speaks Anthropic's wire.</summary>
    public bool Translates { get; init; }

    /// <summary>Runs on .NET, so that its allocations can be watched from outside.</summary>
    public bool IsDotNet { get; init; }

    /// <summary>Headers that it wants on a request, beside the usual ones.</summary>
    public Func<Scenario, IEnumerable<string>> Headers { get; init; } = _ => [];

    /// <summary>The scenarios that it is there for; all of them unless it says otherwise.</summary>
    public Func<Scenario, bool> Wants { get; init; } = _ => true;

    /// <summary>Translates to every dialect that is measured.</summary>
    public bool SpeaksAll { get; init; }

    /// <summary>Only its throughput is of interest.</summary>
    public bool ForLoadAlone { get; init; }

    /// <summary>How fast it starts is of interest too, where otherwise only its throughput is.</summary>
    public bool ForStarts { get; init; }

    public bool CanRun(Scenario scenario) =>
        Wants(scenario)
        && (Translates || !scenario.Translated)
        && (SpeaksAll || !Scenario.Spoken.Contains(scenario));
}
