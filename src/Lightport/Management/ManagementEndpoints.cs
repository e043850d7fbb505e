namespace Lightport.Management;

/// <summary>The doors for whoever runs the gateway; docs/management.md describes them.</summary>
public static class ManagementEndpoints
{
    public static GatewayEndpoint Config { get; } = Door("ManageConfig", "GET", "/manage/config");

    public static GatewayEndpoint ConfigApply { get; } = Door("ManageConfigApply", "PUT", "/manage/config");

    public static GatewayEndpoint Versions { get; } = Door("ManageConfigVersions", "GET", "/manage/config/versions");

    public static GatewayEndpoint Rollback { get; } = Door("ManageConfigRollback", "POST", "/manage/config/rollback");

    public static GatewayEndpoint Keys { get; } = Door("ManageKeys", "GET", "/manage/keys");

    public static GatewayEndpoint KeyCreate { get; } = Door("ManageKeyCreate", "POST", "/manage/keys");

    public static GatewayEndpoint Key { get; } = Door("ManageKey", "GET", "/manage/keys/{id}");

    public static GatewayEndpoint KeyChange { get; } = Door("ManageKeyChange", "PATCH", "/manage/keys/{id}");

    public static GatewayEndpoint KeyRemove { get; } = Door("ManageKeyRemove", "DELETE", "/manage/keys/{id}");

    public static GatewayEndpoint KeyRotate { get; } = Door("ManageKeyRotate", "POST", "/manage/keys/{id}/rotate");

    public static GatewayEndpoint Usage { get; } = Door("ManageUsage", "GET", "/manage/usage");

    public static GatewayEndpoint RequestReceipt { get; } = Door("ManageRequest", "GET", "/manage/requests/{id}");

    public static GatewayEndpoint Prices { get; } = Door("ManagePrices", "GET", "/manage/prices");

    public static GatewayEndpoint McpServers { get; } = Door("ManageMcp", "GET", "/manage/mcp");

    public static GatewayEndpoint McpApprove { get; } = Door("ManageMcpApprove", "POST", "/manage/mcp/{id}/approve");

    public static GatewayEndpoint Explain { get; } = Door("ManageExplain", "POST", "/manage/explain");

    public static GatewayEndpoint Health { get; } = Door("ManageHealth", "GET", "/manage/health");

    public static GatewayEndpoint OpenApi { get; } = Door("ManageOpenApi", "GET", "/manage/openapi.json");

    /// <summary>For a scraper, which may have a token of its own.</summary>
    public static GatewayEndpoint Metrics { get; } = Door("Metrics", "GET", "/metrics");

    public static IReadOnlyList<GatewayEndpoint> All { get; } =
    [
        Config, ConfigApply, Versions, Rollback, Keys, KeyCreate, Key, KeyChange, KeyRemove, KeyRotate,
        Usage, RequestReceipt, Prices, McpServers, McpApprove, Explain, Health, OpenApi, Metrics,
    ];

    private static GatewayEndpoint Door(string name, string method, string path) =>
        new(name, method, path, EndpointKind.Management);
}
