using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>
/// Runs a script of clients/ against one provider, once: it goes through all its scenarios and prints what each gave.
/// </summary>
internal sealed class NodeClients(Uri gateway)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<JsonElement>>> _runs = new();

    /// <param name="script"><c>openai</c> or <c>anthropic</c>, the client's dialect.</param>
    /// <param name="provider"><c>oai</c>, <c>exact</c> or <c>ant</c>, whose dialect is the provider's.</param>
    public async Task<JsonElement> ResultAsync(string script, string provider, string scenario)
    {
        Lazy<Task<JsonElement>> run = _runs.GetOrAdd(
            $"{script} {provider}", _ => new Lazy<Task<JsonElement>>(() => RunAsync(script, provider)));
        JsonElement result = (await run.Value).GetProperty(scenario);
        if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("thrown", out JsonElement thrown))
        {
            Assert.Fail($"{script} to {provider}, {scenario}: {thrown}");
        }

        return result;
    }

    private async Task<JsonElement> RunAsync(string script, string provider)
    {
        var start = new ProcessStartInfo("node", [$"{script}.mjs"])
        {
            WorkingDirectory = RepositoryFiles.Clients,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LIGHTPORT_URL"] = gateway.ToString().TrimEnd('/');
        start.Environment["LIGHTPORT_KEY"] = Canary.ClientKey;
        start.Environment["LIGHTPORT_WRONG_KEY"] = Canary.WrongKey;
        start.Environment["LIGHTPORT_PROVIDER"] = provider;
        start.Environment["LIGHTPORT_PROMPT"] = Canary.Prompt;
        start.Environment["LIGHTPORT_PIXEL"] = Scripts.Pixel;

        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        string printed = await output;
        await File.WriteAllTextAsync(
            Path.Combine(RepositoryFiles.Artifacts, $"{script}-{provider}.json"), printed, CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{script}.mjs ended with {process.ExitCode}: {await errors}");
        return JsonElement.Parse(printed);
    }
}
