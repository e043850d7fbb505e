using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Lightport.Storage;

namespace Lightport.Azure.Blobs;

/// <summary>
/// Append blobs by the service's REST interface (https://learn.microsoft.com/rest/api/storageservices/append-block), by
/// the pipeline that Azure's other clients have: its retries, its identity.
/// </summary>
public sealed class AppendBlobs : IAppendBlobs
{
    /// <summary>Of the service's interface; tokens are taken since 2017-11-09.</summary>
    private const string Version = "2021-12-02";

    private const string Scope = "https://storage.azure.com/.default";

    private readonly Uri _service;
    private readonly HttpPipeline _pipeline;

    /// <param name="service">The blob service's address.</param>
    public AppendBlobs(Uri service, TokenCredential identity)
        : this(service, identity, new BlobOptions())
    {
    }

    internal AppendBlobs(Uri service, TokenCredential identity, BlobOptions options) =>
        (_service, _pipeline) =
            (service, HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(identity, Scope)));

    public async ValueTask CreateAsync(string container, string name, CancellationToken cancellationToken)
    {
        (int status, string? code) = await MakeAsync(container, name, cancellationToken).ConfigureAwait(false);
        if (code == "ContainerNotFound")
        {
            (status, code) = await SendAsync(
                container, RequestMethod.Put, container, "restype=container", null, cancellationToken)
                .ConfigureAwait(false);
            if (status == 201 || code == "ContainerAlreadyExists")
            {
                (status, code) = await MakeAsync(container, name, cancellationToken).ConfigureAwait(false);
            }
        }

        if (status != 201 && code != "BlobAlreadyExists")
        {
            throw BlobAdvice.For(container, _service, status, code);
        }
    }

    public async ValueTask AppendAsync(
        string container,
        string name,
        long position,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken)
    {
        (int status, string? code) = await SendAsync(
            container,
            RequestMethod.Put,
            $"{container}/{name}",
            "comp=appendblock",
            request =>
            {
                request.Headers.Add(
                    "x-ms-blob-condition-appendpos", position.ToString(CultureInfo.InvariantCulture));
                request.Content = RequestContent.Create(bytes);
            },
            cancellationToken).ConfigureAwait(false);

        // The answer to an earlier try may have been lost, when its bytes were not. Nobody else writes there: what is
        // behind them is what followed in the same batch.
        bool isThere = status == 201
            || (code == "AppendPositionConditionNotMet"
                && await LengthAsync(container, name, cancellationToken).ConfigureAwait(false)
                    >= position + bytes.Length);
        if (!isThere)
        {
            throw BlobAdvice.For(container, _service, status, code);
        }
    }

    private ValueTask<(int Status, string? Code)> MakeAsync(
        string container, string name, CancellationToken cancellationToken) => SendAsync(
        container,
        RequestMethod.Put,
        $"{container}/{name}",
        null,
        request =>
        {
            request.Headers.Add("x-ms-blob-type", "AppendBlob");
            request.Headers.Add("x-ms-blob-content-type", "application/jsonl");
            request.Headers.Add("If-None-Match", "*");
            request.Content = RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        },
        cancellationToken);

    private async ValueTask<long> LengthAsync(string container, string name, CancellationToken cancellationToken)
    {
        long length = -1;
        await SendAsync(
            container,
            RequestMethod.Head,
            $"{container}/{name}",
            null,
            null,
            cancellationToken,
            response => length = response.Headers.ContentLengthLong ?? -1).ConfigureAwait(false);
        return length;
    }

    private async ValueTask<(int Status, string? Code)> SendAsync(
        string container,
        RequestMethod method,
        string path,
        string? query,
        Action<Request>? prepare,
        CancellationToken cancellationToken,
        Action<Response>? read = null)
    {
        using HttpMessage message = _pipeline.CreateMessage();
        Request request = message.Request;
        request.Method = method;
        request.Uri.Reset(new UriBuilder(_service)
        {
            Path = $"{_service.AbsolutePath.TrimEnd('/')}/{path}",
            Query = query,
        }.Uri);
        request.Headers.Add("x-ms-version", Version);
        prepare?.Invoke(request);
        try
        {
            await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw BlobAdvice.For(container, _service, e);
        }

        read?.Invoke(message.Response);
        return (
            message.Response.Status,
            message.Response.Headers.TryGetValue("x-ms-error-code", out string? code) ? code : null);
    }
}
