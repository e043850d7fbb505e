using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>
/// The scripts of clients/ in one Node process. Each is run once against a provider, through all its scenarios, when
/// the first of its results is asked for.
/// </summary>
/// <param name="server">An MCP server that the gateway has, for clients that name one by its address.</param>
internal sealed class NodeClients(Uri gateway, Uri? server = null) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Script, string Provider), TaskCompletionSource<JsonElement>> _runs =
        new();

    private readonly Lock _lock = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;

    /// <param name="script">A file of clients/ without its ending.</param>
    /// <param name="provider">The provider's name in the configuration.</param>
    /// <param name="scenario">The scenario's name in the script.</param>
    public async Task<JsonElement> ResultAsync(string script, string provider, string scenario)
    {
        JsonElement results = await Run(script, provider).WaitAsync(Patience);
        JsonElement result = results.GetProperty(scenario);
        if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("thrown", out JsonElement thrown))
        {
            Assert.Fail($"{script} to {provider}, {scenario}: {thrown}");
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    private Task<JsonElement> Run(string script, string provider)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue((script, provider), out TaskCompletionSource<JsonElement>? run))
            {
                _process ??= Start();
                run = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
                _runs[(script, provider)] = run;
                _process.StandardInput.WriteLine($$"""{"script":"{{script}}","provider":"{{provider}}"}""");
                _process.StandardInput.Flush();
            }

            return run.Task;
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("node", ["host.mjs"])
        {
            WorkingDirectory = RepositoryFiles.Clients,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["LIGHTPORT_URL"] = gateway.ToString().TrimEnd('/');
        start.Environment["LIGHTPORT_KEY"] = Canary.ClientKey;
        start.Environment["LIGHTPORT_WRONG_KEY"] = Canary.WrongKey;
        start.Environment["LIGHTPORT_METERED_KEY"] = Canary.MeteredKey;
        start.Environment["LIGHTPORT_SPENT_KEY"] = Canary.SpentKey;
        start.Environment["LIGHTPORT_PROMPT"] = Canary.Prompt;
        start.Environment["LIGHTPORT_PIXEL"] = Scripts.Pixel;
        start.Environment["LIGHTPORT_MCP_SERVER"] = server?.ToString();
        Process process = Process.Start(start)!;
        _reading = ReadAsync(process.StandardOutput);
        return process;
    }

    /// <summary>Hands on what the process tells, up to its end.</summary>
    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            JsonElement told = JsonElement.Parse(line);
            (string script, string provider) = (told.Text("script")!, told.Text("provider")!);
            await File.WriteAllTextAsync(Path.Combine(RepositoryFiles.Artifacts, $"{script}-{provider}.json"), line);
            TaskCompletionSource<JsonElement> run = _runs[(script, provider)];
            if (told.TryGetProperty("results", out JsonElement results))
            {
                run.SetResult(results);
            }
            else
            {
                run.SetException(new InvalidOperationException(told.Text("failure")));
            }
        }

        foreach (TaskCompletionSource<JsonElement> run in _runs.Values)
        {
            run.TrySetException(new InvalidOperationException("The clients' process has ended."));
        }
    }
}
