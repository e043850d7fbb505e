using System.Text;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Reliability;

/// <summary>Reads a stream as far as its text has come, and no further than is there.</summary>
internal static class PartialAnswers
{
    /// <summary>What was read; the letters may have come in several deltas.</summary>
    public static async Task<string> ReadUntilAsync(this Stream body, string letters)
    {
        byte[] buffer = new byte[4096];
        string read = "";
        while (!Pieces.Of(letters).All(piece => read.Contains($"\"{piece}\"", StringComparison.Ordinal)))
        {
            int count = await body.ReadAsync(buffer).AsTask().WaitAsync(FakeUpstream.Patience);
            Assert.NotEqual(0, count);
            read += Encoding.UTF8.GetString(buffer, 0, count);
        }

        return read;
    }

    /// <summary>
    /// Reads to where the connection is broken off, as it is at the end of a stream that broke; a clean end fails.
    /// </summary>
    public static async Task<string> ReadUntilBrokenAsync(this Stream body)
    {
        var read = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(read).WaitAsync(FakeUpstream.Patience));
        return Encoding.UTF8.GetString(read.ToArray());
    }

    /// <summary>
    /// Reads to the end, or to where the connection is broken off: how a provider's reset meets the first bytes decides
    /// which of the two it is.
    /// </summary>
    public static async Task<string> ReadWhatComesAsync(this Stream body)
    {
        var read = new MemoryStream();
        Exception? broken =
            await Record.ExceptionAsync(() => body.CopyToAsync(read).WaitAsync(FakeUpstream.Patience));
        Assert.True(broken is null or IOException, broken?.ToString());
        return Encoding.UTF8.GetString(read.ToArray());
    }

    /// <summary>
    /// Streams an answer that breaks and whose model is <c>…@held</c>: lets the provider go on once the client has the
    /// beginning.
    /// </summary>
    public static async Task<string> StreamHeldAsync(
        this HttpClient client, FakeUpstream upstream, string path, string model, string upstreamModel)
    {
        using HttpResponseMessage response = await client.AskAsync(path, model, stream: true);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        await using Stream body = await response.Content.ReadAsStreamAsync();
        string beginning = await body.ReadUntilAsync("partial");

        (await upstream.ArrivalAsync(upstreamModel)).Release.SetResult();

        return beginning + await body.ReadUntilBrokenAsync();
    }
}
