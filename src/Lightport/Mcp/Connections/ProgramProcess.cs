using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Lightport.Transport;
using Microsoft.Extensions.Logging;

namespace Lightport.Mcp.Connections;

/// <summary>
/// A program that was started for its standard input and output. It ends when its input is closed (the protocol's own
/// way), and is ended with all that it started where it does not.
/// </summary>
internal sealed class ProgramProcess : IAsyncDisposable, IDisposable
{
    /// <summary>All that it gets of the gateway's own variables, among which are keys.</summary>
    private static readonly string[] Inherited =
    [
        "HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER",
        "APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATHEXT", "PROGRAMFILES", "SYSTEMDRIVE",
        "SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE", "WINDIR",
    ];

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ProgramFamily _family;

    private ProgramProcess(
        Process process,
        ProgramFamily family,
        McpServer server,
        IEnumerable<string> secrets,
        TimeProvider time,
        ILogger logger)
    {
        (_process, _family) = (process, family);
        Flood = new FloodLimit(
            time,
            server.CallTimeout,
            () => McpLog.HeldUp(logger, server.Label, process.Id),
            reason =>
            {
                McpLog.Ended(logger, server.Label, process.Id, reason);
                Kill();
            });
        Input = new ProgramInput(process.StandardInput.BaseStream, Flood);
        Output = new BoundedStream(
            process.StandardOutput.BaseStream,
            McpBounds.LongestAnswer,
            byLine: true,
            new NestingLimit(McpBounds.DeepestMessage, isLined: true),
            flood: Flood,
            secrets: new SecretMask(secrets));
    }

    /// <summary>How fast it is heard.</summary>
    public FloodLimit Flood { get; }

    public Stream Input { get; }

    public Stream Output { get; }

    public int Id => _process.Id;

    /// <param name="secrets">Values of the variables that are secrets.</param>
    /// <exception cref="McpException">There is no such program, or it may not be started.</exception>
    public static ProgramProcess Start(
        McpServer server, IReadOnlyDictionary<string, string> secrets, TimeProvider time, ILogger logger)
    {
        McpProgram program = server.Program!;
        var family = new ProgramFamily();
        ProcessStartInfo start = StartOf(program);
        start.Environment[ProgramFamily.Variable] = family.Mark;
        foreach ((string name, string value) in secrets)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            throw new McpException(
                $"The program '{program.Command}' of the MCP server '{server.Label}' cannot be started. See that it is "
                + "installed where the gateway runs, and that it may be started.",
                e);
        }

        McpLog.Started(logger, server.Label, process.Id);
        _ = ProgramErrors.ReadAsync(process.StandardError, line => McpLog.Said(logger, server.Label, line));
        return new ProgramProcess(process, family, server, secrets.Values, time, logger);
    }

    /// <summary>With which code it has ended by itself; null where it goes on.</summary>
    public async ValueTask<int?> ExitCodeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeToEnd);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // It goes on, or has been ended from here.
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeToEnd);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // It goes on, or its pipe is broken already: either way it is ended below.
        }

        Dispose();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself in this moment, which is what is wanted.
        }

        _family.Kill();
    }

    private static ProcessStartInfo StartOf(McpProgram program)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(program.Command, program.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (string name in start.Environment.Keys.Except(Inherited, StringComparer.OrdinalIgnoreCase).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
