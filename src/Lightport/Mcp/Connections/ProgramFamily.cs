using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Finds all that a program has started, however far removed: whose parent has ended is nobody's child any more, and
/// shows by an inherited variable alone where it comes from. Linux lets one look; elsewhere children alone are found.
/// </summary>
internal sealed class ProgramFamily
{
    public const string Variable = "LIGHTPORT_MCP_PROGRAM";

    private const string Processes = "/proc";

    /// <summary>One ended process may have started another in the meantime.</summary>
    private const int Looks = 3;

    /// <summary>The variable's value: no other program has it.</summary>
    public string Mark { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Ends whatever is left of it.</summary>
    public void Kill()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        for (int look = 0; look < Looks && KillThoseThereAre(); look++)
        {
            // There may be new ones.
        }
    }

    private bool KillThoseThereAre()
    {
        bool hasAny = false;
        foreach (string folder in Directory.EnumerateDirectories(Processes))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && IsOne(folder))
            {
                hasAny = true;
                Kill(id);
            }
        }

        return hasAny;
    }

    private bool IsOne(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ"))
                .Contains($"{Variable}={Mark}\0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is somebody else's.
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended by itself in this moment.
        }
    }
}
