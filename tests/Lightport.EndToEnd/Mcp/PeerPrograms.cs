using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Mcp;

/// <summary>Programs of others that speak the Model Context Protocol, each at the version of the lock file.</summary>
internal static class PeerPrograms
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "tests", "Lightport.EndToEnd", "peers");

    public static string Package(string name, string file) =>
        Path.Combine(Folder, "node_modules", "@modelcontextprotocol", name, file);

    /// <summary>Runs one to its end.</summary>
    /// <returns>Its exit code, and all that it printed.</returns>
    public static async Task<(int Code, string Output)> RunAsync(params IReadOnlyList<string> arguments)
    {
        using Process process = Start(arguments, new Dictionary<string, string>());
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Starts one that goes on until it is ended.</summary>
    public static Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LIGHTPORT_KEY"] = Canary.ClientKey;
        start.Environment["LIGHTPORT_ADMIN_KEY"] = Canary.AdminKey;
        start.Environment["PEER_GATEWAY"] = RepositoryFiles.Server;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
