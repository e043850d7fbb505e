using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Server;

/// <summary>The program of docs/library.md is the sample's very text, and does what the page says.</summary>
public sealed partial class LibraryPageTests
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void Program_OfThePage_IsTheSamples() => Assert.Equal(
        Repository.Read("samples/Library/Program.cs").Trim(),
        Program().Match(Repository.Read("docs/library.md")).Groups["text"].Value.Trim());

    [Fact]
    public async Task Program_Run_AnswersFromTheBuiltInModel()
    {
        using var patience = new CancellationTokenSource(Patience);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lightport-");
        using Process program = Start(folder);
        try
        {
            Uri address = await AddressAsync(program, patience.Token);
            using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
            using HttpResponseMessage answer = await client.PostAsync(
                new Uri("/v1/chat/completions", UriKind.Relative),
                new StringContent(
                    """{"model":"echo","messages":[{"role":"user","content":"Hello!"}]}""",
                    Encoding.UTF8,
                    new MediaTypeHeaderValue("application/json")),
                patience.Token);
            JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(patience.Token))!;

            Assert.Equal("Hello!", (string?)body["choices"]![0]!["message"]!["content"]);
            Assert.Equal(
                "An app of its own, with a gateway inside.", await client.GetStringAsync(address, patience.Token));
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(patience.Token);
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(DirectoryInfo folder)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "Lightport.Samples.Library.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [assembly, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        })!;
    }

    private static async Task<Uri> AddressAsync(Process program, CancellationToken cancellationToken)
    {
        while (await program.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and int at)
            {
                return new Uri(line[(at + Listening.Length)..]);
            }
        }

        throw new InvalidOperationException("The program ended before it listened.");
    }

    [GeneratedRegex(@"```csharp\n(?<text>using Lightport;.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
