using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Lightport.Azure.Tests.Storage;

namespace Lightport.Azure.Tests.Gateway;

/// <summary>One instance of the gateway on the emulator's tables, as a process.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string AdminKey = "canary-admin-key-93b1e5";
    private const string Listening = "Now listening on: ";

    private readonly Process _process = new();
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string connectionString)
    {
        string configuration = typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "Configuration").Value!;
        string program = Path.Combine(
            RepositoryRoot.Folder, "tests", "Lightport.Azure.Host", "bin", configuration, "net10.0", "Lightport.Azure.Host.dll");
        _process.StartInfo = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        _process.StartInfo.Environment["Tables__ConnectionString"] = connectionString;
        _process.StartInfo.Environment["LIGHTPORT_ADMIN_KEY"] = AdminKey;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) =>
            _address.TrySetException(new InvalidOperationException($"The gateway ended. It printed:\n{Output}"));
    }

    /// <summary>How long anything is waited for before a test fails.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    /// <summary>Everything that it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<HostProcess> StartAsync(string connectionString)
    {
        var host = new HostProcess(connectionString);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        await host._address.Task.WaitAsync(Patience);
        return host;
    }

    /// <param name="key">A client's, or the admin's.</param>
    public async Task<(int Status, JsonElement Body)> SendAsync(
        HttpMethod method,
        string path,
        string? body = null,
        string key = AdminKey)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = await _address.Task };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public Task<(int Status, JsonElement Body)> ChatAsync(string key, string model) => SendAsync(
        HttpMethod.Post,
        "/v1/chat/completions",
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello!"}]}""",
        key);

    /// <summary>Asks a management door again and again until it answers so.</summary>
    public async Task UntilAsync(string path, Func<JsonElement, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        JsonElement seen;
        do
        {
            await pause.WaitForNextTickAsync(patience.Token);
            (_, seen) = await SendAsync(HttpMethod.Get, path);
        }
        while (!isSo(seen));
    }

    public async Task<int> StopAsync()
    {
        // The shell's own: a program of that name is not on every machine.
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        int at = line?.IndexOf(Listening, StringComparison.Ordinal) ?? -1;
        if (at >= 0)
        {
            _address.TrySetResult(new Uri(line![(at + Listening.Length)..].Trim()));
        }
    }
}
