using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Storage;

/// <summary>An account on the emulator, and the stores on it as the product makes them.</summary>
internal sealed class TestStorage
{
    private readonly Uri _account;
    private readonly TimeSpan? _networkTimeout;

    /// <param name="networkTimeout">Of one try; null for the product's.</param>
    public TestStorage(Uri account, TimeSpan? networkTimeout = null)
    {
        (_account, _networkTimeout) = (account, networkTimeout);
        (Service, Wire) = Connect();
        Versions = new TableConfigurationVersions(Service, Clock, VersionsLog);
        Keys = new TableClientKeyStore(Service, Clock, KeysLog);
        Usage = new TableUsageStore(Service, UsageKept, Clock, UsageLog);
        Responses = new TableResponseStore(Service, Clock, new CapturedLog<TableResponseStore>());
        Sessions = NewSessions(Service);
        Receipts = NewReceipts(Service);
        ResponseIds = new TableResponseIdStore(Service, Clock, new CapturedLog<TableResponseIdStore>());
        Limits = new TableLimitStore(Service, Clock, new CapturedLog<TableLimitStore>());
    }

    public static TimeSpan UsageKept { get; } = TimeSpan.FromDays(400);

    public TestClock Clock { get; } = new();

    public TableServiceClient Service { get; }

    /// <summary>What the stores send passes here.</summary>
    public Wire Wire { get; }

    public TableConfigurationVersions Versions { get; }

    public CapturedLog<TableConfigurationVersions> VersionsLog { get; } = new();

    public TableClientKeyStore Keys { get; }

    public CapturedLog<TableClientKeyStore> KeysLog { get; } = new();

    public TableUsageStore Usage { get; }

    public CapturedLog<TableUsageStore> UsageLog { get; } = new();

    public TableReceiptStore Receipts { get; }

    public TableResponseStore Responses { get; }

    public TableSessionStore Sessions { get; }

    public TableResponseIdStore ResponseIds { get; }

    public TableLimitStore Limits { get; }

    public static string ConnectionString(Uri account) =>
        $"AccountName={account.Segments[^1]};AccountKey={Azurite.AccountKey};"
        + $"TableEndpoint={account.ToString().TrimEnd('/')}";

    /// <summary>A client for the test's own hands, which no fault touches.</summary>
    public TableClient Table(string name) => Connect().Service.GetTableClient(name);

    /// <summary>The same account as another instance of the gateway sees it.</summary>
    public TableConfigurationVersions OtherVersions() =>
        new(Connect().Service, Clock, new CapturedLog<TableConfigurationVersions>());

    /// <summary>Kept answers as another instance sees them.</summary>
    public TableResponseStore OtherResponses() =>
        new(Connect().Service, Clock, new CapturedLog<TableResponseStore>());

    public TableSessionStore OtherSessions() => NewSessions(Connect().Service);

    public TableReceiptStore OtherReceipts() => NewReceipts(Connect().Service);

    public TableResponseIdStore OtherResponseIds() =>
        new(Connect().Service, Clock, new CapturedLog<TableResponseIdStore>());

    /// <summary>Writes a version and puts it in force over what is in force.</summary>
    public async Task<ConfigurationVersion> ApplyAsync(ConfigurationContent content)
    {
        ConfigurationPointer? before = await Versions.FindPointerAsync(CancellationToken.None);
        ConfigurationVersion version = await Versions.WriteAsync(content, before, Contents.Note, CancellationToken.None);
        await Versions.MoveAsync(version.Version, before, Contents.Note, CancellationToken.None);
        return version;
    }

    private TableReceiptStore NewReceipts(TableServiceClient service) =>
        new(service, TimeSpan.FromDays(7), Clock, new CapturedLog<TableReceiptStore>());

    private TableSessionStore NewSessions(TableServiceClient service) =>
        new(service, TimeSpan.FromHours(24), Clock, new CapturedLog<TableSessionStore>());

    private (TableServiceClient Service, Wire Wire) Connect()
    {
        var wire = new Wire(new SocketsHttpHandler());
        TableClientOptions options = TableClients.CreateOptions();
        options.Transport = new HttpClientTransport(wire);
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = _networkTimeout ?? options.Retry.NetworkTimeout;
        return (new TableServiceClient(ConnectionString(_account), options), wire);
    }
}
