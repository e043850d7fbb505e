namespace Lightport.Bench.Runner;

/// <summary>Where things are.</summary>
/// <param name="Root">The repository's root.</param>
internal sealed record Layout(string Root)
{
    public string Bench => Path.Combine(Root, "bench");

    /// <summary>What <c>run.sh</c> built, one folder a program.</summary>
    public string Built => Path.Combine(Root, "artifacts", "bench");

    /// <summary>Logs and bodies of this run; emptied at the start.</summary>
    public string Work => Path.Combine(Built, "work");

    public string Program(string folder, string name) => Path.Combine(Built, folder, name);

    public string WorkFile(string name) => Path.Combine(Work, name);

    /// <summary>Copies a file of <c>bench/peers</c> with its <c>{placeholders}</c> filled in.</summary>
    public string Fill(string peer, params (string Name, object Value)[] values)
    {
        string text = File.ReadAllText(Path.Combine(Bench, "peers", peer));
        foreach ((string name, object value) in values)
        {
            text = text.Replace($"{{{name}}}", value.ToString(), StringComparison.Ordinal);
        }

        // Several instances of one contender may run, each with its own ports.
        string target = WorkFile($"{values[0].Value}-{peer}");
        File.WriteAllText(target, text);
        return target;
    }
}
