using System.Net;
using System.Text;

namespace Lightport.EndToEnd.Management;

/// <summary>A body that begins and never ends; it goes when it is disposed.</summary>
internal sealed class EndlessUpload : HttpContent
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EndlessUpload() => Headers.ContentType = new("application/json");

    public Task Begun => _begun.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes("{\"model\":\"mine\","));
        await stream.FlushAsync();
        _begun.TrySetResult();
        await _over.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 1_000_000;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _over.TrySetResult();
        base.Dispose(disposing);
    }
}
