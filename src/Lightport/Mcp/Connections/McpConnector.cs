using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Lightport.Mcp.Identity;
using Lightport.Transport;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ProtocolException = ModelContextProtocol.McpException;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Connects to servers, and remembers which revision each speaks: a known stateless server is asked at once, and an
/// older one is greeted without being asked for the newer revision first.
/// </summary>
internal sealed class McpConnector(
    McpHttp http, McpIdentities identities, ISecretSource secrets, TimeProvider time, ILogger<McpConnector> logger)
{
    /// <summary>The first revision without a handshake.</summary>
    private const string Stateless = "2026-07-28";

    private const int MostRemembered = 4096;

    /// <summary>Revisions with a handshake, the newest first.</summary>
    private static readonly string[] Older = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    private static readonly string Version =
        typeof(McpConnector).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "0";

    private readonly ConcurrentDictionary<string, string> _revisions = new(StringComparer.Ordinal);

    /// <exception cref="McpException">What the server is to be shown cannot be had.</exception>
    public async Task<McpConnection> ConnectAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken)
    {
        string key = ServerKey.ServerHash(server);
        McpConnection connection;
        if (!_revisions.TryGetValue(key, out string? revision))
        {
            connection = await FindAsync(server, caller, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            try
            {
                connection = await OpenAsync(server, caller, revision, cancellationToken).ConfigureAwait(false);
            }
            catch (ProtocolException)
            {
                // It speaks another revision since.
                Forget(server);
                connection = await FindAsync(server, caller, cancellationToken).ConfigureAwait(false);
            }
        }

        Remember(key, connection.Revision);
        return connection;
    }

    /// <summary>The server refuses the revision that is remembered of it.</summary>
    public void Forget(McpServer server) => _revisions.TryRemove(ServerKey.ServerHash(server), out _);

    /// <summary>Another instance has found out which revision the server speaks.</summary>
    public void Know(McpServer server, string? revision)
    {
        if (!string.IsNullOrEmpty(revision))
        {
            Remember(ServerKey.ServerHash(server), revision);
        }
    }

    /// <summary>Which revision the server was found to speak; null where it was never asked.</summary>
    public string? RevisionOf(McpServer server) =>
        _revisions.TryGetValue(ServerKey.ServerHash(server), out string? revision) ? revision : null;

    private void Remember(string key, string revision)
    {
        if (_revisions.Count >= MostRemembered)
        {
            _revisions.Clear();
        }

        _revisions[key] = revision;
    }

    /// <summary>Connects to a server of which it is not known what it speaks.</summary>
    private async Task<McpConnection> FindAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(server, caller, null, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            // It answers what it does not know as if it did, and so can only be greeted in one revision after another.
        }

        for (int i = 0; ; i++)
        {
            try
            {
                return await OpenAsync(server, caller, Older[i], cancellationToken).ConfigureAwait(false);
            }
            catch (ProtocolException) when (i < Older.Length - 1)
            {
                // It speaks an older one.
            }
        }
    }

    private Task<McpConnection> OpenAsync(
        McpServer server, McpCaller caller, string? revision, CancellationToken cancellationToken) =>
        server.Program is null
            ? OpenHttpAsync(server, caller, revision, cancellationToken)
            : OpenProgramAsync(server, revision, cancellationToken);

    private async Task<McpConnection> OpenHttpAsync(
        McpServer server, McpCaller caller, string? revision, CancellationToken cancellationToken)
    {
        var handler = new McpMessageHandler(server, caller, identities, http.Handler(server.AllowsPrivate));
        var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = server.Address!,
                Name = server.Label,
                TransportMode = HttpTransportMode.StreamableHttp,

                // What a server tells unasked is no part of an answer; that its tools changed shows in the next list.
                EnableStandaloneGetStream = false,
                MaxReconnectionAttempts = 2,
            },
            client);
        bool isKnown = IsStateless(revision);
        McpClient speaking = isKnown
            ? await McpClient.ResumeSessionAsync(
                transport,
                new ResumeClientSessionOptions
                {
                    ServerCapabilities = new ServerCapabilities(),
                    ServerInfo = new Implementation { Name = server.Label, Version = "" },
                    NegotiatedProtocolVersion = revision,
                },
                Options(server, revision),
                cancellationToken: cancellationToken).ConfigureAwait(false)
            : await McpClient.CreateAsync(transport, Options(server, revision), cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        return new McpConnection(speaking, process: null, wasRemembered: isKnown);
    }

    private async Task<McpConnection> OpenProgramAsync(
        McpServer server, string? revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string variable, string secret) in server.Program!.Secrets)
        {
            values[variable] =
                await McpSecrets.ReadAsync(secrets, server, secret, cancellationToken).ConfigureAwait(false);
        }

        var process = ProgramProcess.Start(server, values, time, logger);

        // Whoever ends the gateway does not wait for a program that is starting.
        await using CancellationTokenRegistration end = cancellationToken.Register(process.Dispose);
        try
        {
            McpClient client = await McpClient.CreateAsync(
                new StreamClientTransport(process.Input, process.Output),
                Options(server, revision),
                cancellationToken: cancellationToken).ConfigureAwait(false);
            return new McpConnection(client, process, wasRemembered: false);
        }
        catch (Exception e)
        {
            int? code = e is IOException && !cancellationToken.IsCancellationRequested
                ? await process.ExitCodeAsync().ConfigureAwait(false)
                : null;
            await process.DisposeAsync().ConfigureAwait(false);
            if (code is { } ended)
            {
                throw new McpException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The program '{server.Program.Command}' ended with exit code {ended} before it answered. What "
                        + $"it wrote to its standard error is in the gateway's log (902, at Debug)."),
                    e);
            }

            throw;
        }
    }

    /// <summary>Nothing is declared that a server could ask for: no sampling, no elicitation, no roots.</summary>
    private McpClientOptions Options(McpServer server, string? revision) => new()
    {
        ClientInfo = new Implementation { Name = "lightport", Version = Version },
        Capabilities = new ClientCapabilities(),
        ProtocolVersion = revision,
        InitializationTimeout = server.ConnectTime,
        TimeProvider = time,
    };

    private static bool IsStateless(string? revision) =>
        revision is not null && string.CompareOrdinal(revision, Stateless) >= 0;
}
