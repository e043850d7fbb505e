# The gateway's Server: a chiselled image, no shell, no package manager, not root.
#   docker build -t lightport .
#   docker run -p 7071:7071 -e LIGHTPORT_KEY=… -e OPENAI_API_KEY=… lightport
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# The project files first: packages are restored anew only when one of these changes.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY eng/BannedSymbols.txt eng/
COPY src/Lightport/Lightport.csproj src/Lightport/packages.lock.json src/Lightport/
COPY src/Lightport.Cel/Lightport.Cel.csproj src/Lightport.Cel/packages.lock.json src/Lightport.Cel/
COPY src/Lightport.Server/Lightport.Server.csproj src/Lightport.Server/packages.lock.json src/Lightport.Server/
# First what the lock files hold, and nothing else; then what this processor's runtime adds to it.
RUN dotnet restore src/Lightport.Server --locked-mode \
    && dotnet restore src/Lightport.Server -a $TARGETARCH -p:PublishReadyToRun=true

COPY .editorconfig ./
COPY src/Lightport/ src/Lightport/
COPY src/Lightport.Cel/ src/Lightport.Cel/
COPY src/Lightport.Server/ src/Lightport.Server/
# Compiled ahead: the first request does not wait for the compiler.
RUN dotnet publish src/Lightport.Server -c Release -a $TARGETARCH --no-restore --self-contained false \
      -p:PublishReadyToRun=true -o /app \
    && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app ./
# The image's own user, by number, so that a cluster can see that it is not root.
COPY --from=build --chown=1654:1654 /data /data
USER 1654:1654

# Off loopback it starts with a client key or an admin key only. LIGHTPORT_CONFIG names a file that is mounted.
ENV ASPNETCORE_URLS=http://+:7071 \
    LIGHTPORT_DATA=/data \
    DOTNET_EnableDiagnostics=0
EXPOSE 7071
VOLUME /data
# No HEALTHCHECK: there is nothing in the image to run one with. Ask GET /health/live and GET /health from outside.
ENTRYPOINT ["dotnet", "Lightport.Server.dll"]
