namespace Lightport.Infra.Tests.Hooks;

/// <summary>What runs a hook, and the ending of the scripts that it understands.</summary>
public sealed record Shell(string Program, string Extension)
{
    /// <summary>bash always; PowerShell too where it is installed, else its hooks are only parsed.</summary>
    public static TheoryData<Shell> Installed
    {
        get
        {
            var shells = new TheoryData<Shell> { new("bash", ".sh") };
            if (IsInstalled("pwsh"))
            {
                shells.Add(new Shell("pwsh", ".ps1"));
            }

            return shells;
        }
    }

    public override string ToString() => Program;

    private static bool IsInstalled(string program) =>
        new System.Diagnostics.ProcessStartInfo().Environment["PATH"]!.Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
