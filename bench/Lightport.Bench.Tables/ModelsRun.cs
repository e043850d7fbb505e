using Azure.Data.Tables;
using Lightport.Azure;
using Lightport.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Bench.Tables;

/// <summary>A configuration of many models: written, put in force, loaded, looked at.</summary>
internal sealed class ModelsRun(TableServiceClient service, int count)
{
    private static readonly ChangeNote Note = new("bench");

    private readonly TableConfigurationVersions _versions = new(
        service, TimeProvider.System, NullLogger<TableConfigurationVersions>.Instance);

    public async Task RunAsync()
    {
        ConfigurationEntry[] entries =
        [
            .. Enumerable.Range(0, count).Select(number => new ConfigurationEntry(
                "model", $"team-{number % 100}/model-{number}", number, $"\"openai/gpt-4o-mini-{number}\"")),
        ];
        string text = string.Join('\n', entries.Select(entry => $"  {entry.Name}: {entry.Json}"));
        string version = "";

        await Stopwatches.MeasureAsync($"write a version of {count:N0} models", count, async () =>
            version = (await _versions.WriteAsync(new(text, entries), null, Note, default)).Version);
        await Stopwatches.MeasureAsync("put it in force", 1, async () =>
            await _versions.MoveAsync(version, await _versions.FindPointerAsync(default), Note, default));
        await Stopwatches.MeasureAsync("load it", count, async () =>
        {
            ConfigurationContent? content = await _versions.ReadAsync(version, default);
            if (content?.Entries.Count != count || content.Text != text)
            {
                throw new InvalidOperationException("What is read is not what was written.");
            }
        });
        await Stopwatches.SampleAsync("look at the pointer", 500, async _ => await _versions.FindPointerAsync(default));
    }
}
